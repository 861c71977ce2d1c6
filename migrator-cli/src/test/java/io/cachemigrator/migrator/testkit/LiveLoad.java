package io.cachemigrator.migrator.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.compat.services.RedisCacheService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What a {@link ShimApplication} runs: threads that read, put, delete, renew and count, each on keys of its own, so that it
 * knows what every read has to give. Answers with what went wrong, and with the ledger of what was acknowledged last.
 */
@SuppressWarnings("removal") // the legacy classes are what applications use
final class LiveLoad {
    private static final int KEYS = 60;
    private static final int COUNTERS = 10;
    private static final int MOST_TOLD = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedisCacheService cache;
    private final List<Worker> workers = new ArrayList<>();
    private volatile boolean held;
    private volatile boolean stopped;

    private LiveLoad(RedisCacheService cache) {
        this.cache = cache;
    }

    /** Takes words from standard input: {@code begin}, then {@code check}, {@code hold}, {@code go} and {@code stop}. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        BufferedReader words = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        words.readLine();
        try (RedisCacheService cache = new RedisCacheService()) {
            cache.start();
            LiveLoad load = new LiveLoad(cache);
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                load.workers.add(load.new Worker(ProcessHandle.current().pid() + "-" + i));
            }
            load.workers.forEach(Thread::start);
            System.out.println("begun");
            for (String word = words.readLine(); word != null; word = words.readLine()) {
                System.out.println(load.answer(word));
            }
        }
    }

    private String answer(String word) throws InterruptedException, JsonProcessingException {
        held = word.equals("hold") || (held && !word.equals("go"));
        if (held) {
            for (Worker worker : workers) {
                // a worker that is in a call ends it first
                synchronized (worker) {
                    worker.readAll();
                }
            }
        }
        return word.equals("stop") ? stop() : report();
    }

    private String stop() throws InterruptedException, JsonProcessingException {
        stopped = true;
        for (Worker worker : workers) {
            worker.join();
            worker.readAll();
        }
        return report();
    }

    private String report() throws JsonProcessingException {
        long operations =
                workers.stream().mapToLong(worker -> worker.operations).sum();
        List<String> wrong = new ArrayList<>();
        Map<String, Object> ledger = new TreeMap<>();
        for (Worker worker : workers) {
            synchronized (worker) {
                wrong.addAll(worker.wrong);
                worker.ledger.forEach((key, entry) -> ledger.put(key, entry == null ? "none" : entry));
            }
        }
        long behind = cache.getStats().mirrorFailures();
        return JSON.writeValueAsString(
                Map.of("operations", operations, "wrong", wrong, "ledger", ledger, "mirrorFailures", behind));
    }

    /**
     * What was acknowledged last for a key.
     *
     * @param value what it holds
     * @param from when it expires at the earliest, in milliseconds since the epoch; 0 = never
     * @param until when it expires at the latest
     */
    record Entry(long value, long from, long until) {}

    private final class Worker extends Thread {
        private final Map<String, Entry> ledger = new LinkedHashMap<>();
        private final List<String> wrong = new ArrayList<>();
        private final Random random;
        private final String name;
        private volatile long operations;
        private long last;

        Worker(String name) {
            super("load-" + name);
            setDaemon(true);
            this.name = name;
            this.random = new Random(name.hashCode());
        }

        @Override
        public void run() {
            while (!stopped) {
                if (held) {
                    LockSupport.parkNanos(1_000_000);
                } else {
                    step();
                }
            }
        }

        private synchronized void step() {
            if (held) {
                return;
            }
            String key = "conv:live-" + name + "-" + random.nextInt(KEYS);
            try {
                switch (random.nextInt(10)) {
                    case 0, 1 -> put(key);
                    case 2 -> delete(key);
                    case 3 -> renew(key);
                    case 4 -> count("metr:live-" + name + "-" + random.nextInt(COUNTERS));
                    default -> read(key);
                }
            } catch (RuntimeException e) {
                wrong(key, "threw " + e);
            }
            operations++;
        }

        private void put(String key) {
            Duration ttl = Duration.ofMinutes(10 + random.nextInt(50));
            long value = ++last;
            long before = System.currentTimeMillis();
            if (cache.set(key, value, ttl)) {
                ledger.put(key, entry(value, before, ttl));
            } else {
                wrong(key, "a put failed");
            }
        }

        private Entry entry(long value, long before, Duration ttl) {
            return new Entry(value, before + ttl.toMillis(), System.currentTimeMillis() + ttl.toMillis());
        }

        private void delete(String key) {
            boolean was = ledger.get(key) != null;
            if (cache.delete(key) != was) {
                wrong(key, "a delete said " + !was);
            }
            ledger.put(key, null);
        }

        private void renew(String key) {
            Entry entry = ledger.get(key);
            Duration ttl = Duration.ofMinutes(60 + random.nextInt(60));
            long before = System.currentTimeMillis();
            if (cache.expire(key, ttl) != (entry != null)) {
                wrong(key, "a renewal said " + (entry == null));
            } else if (entry != null) {
                ledger.put(key, entry(entry.value(), before, ttl));
            }
        }

        private void count(String key) {
            Entry entry = ledger.get(key);
            long expected = entry == null ? 1 : entry.value() + 1;
            OptionalLong sum = cache.increment(key);
            if (sum.isEmpty() || sum.getAsLong() != expected) {
                wrong(key, "counted " + sum + " for " + expected);
            }
            ledger.put(key, new Entry(sum.orElse(expected), 0, 0));
        }

        private void read(String key) {
            Long found = cache.get(key, Long.class);
            Entry entry = ledger.get(key);
            Long expected = entry == null ? null : entry.value();
            if (found == null ? expected != null : !found.equals(expected)) {
                String kind = found == null ? "lost" : expected == null ? "resurrected" : "stale";
                wrong(key, kind + ": " + found + " for " + expected);
            }
        }

        private synchronized void readAll() {
            ledger.keySet().forEach(this::read);
        }

        private void wrong(String key, String what) {
            if (wrong.size() < MOST_TOLD) {
                wrong.add(System.currentTimeMillis() + " " + key + " " + what);
            }
        }
    }
}
