package io.cachemigrator.migrator.bench;

import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.Tuple;

/**
 * What anybody would write to copy keys from one server to another: a thread scans, others read values by their types and write
 * them as they are, with what is left of their lives. Nothing is verified, nothing is conditional, nothing can be resumed.
 */
final class BareCopy {
    private static final int PAGE = 500;
    private static final List<byte[]> END = List.of();

    private final TestRedis source;
    private final TestRedis target;
    private final int threads;
    private final BlockingQueue<List<byte[]>> pages;

    BareCopy(TestRedis source, TestRedis target, int threads) {
        this.source = source;
        this.target = target;
        this.threads = threads;
        this.pages = new ArrayBlockingQueue<>(2 * threads);
    }

    void run() {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(executor.submit(this::work));
            }
            scan();
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            executor.shutdownNow();
        }
    }

    private void scan() throws InterruptedException {
        ScanParams params = new ScanParams().count(PAGE);
        try (Jedis redis = source.connect()) {
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<byte[]> page = redis.scan(cursor.getBytes(StandardCharsets.US_ASCII), params);
                if (!page.getResult().isEmpty()) {
                    pages.put(page.getResult());
                }
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        }
        for (int i = 0; i < threads; i++) {
            pages.put(END);
        }
    }

    private Void work() throws InterruptedException {
        try (Jedis from = source.connect();
                Jedis to = target.connect()) {
            for (List<byte[]> keys = pages.take(); !keys.isEmpty(); keys = pages.take()) {
                copy(keys, from, to);
            }
        }
        return null;
    }

    private static void copy(List<byte[]> keys, Jedis from, Jedis to) {
        Pipeline types = from.pipelined();
        List<Response<String>> typed = keys.stream().map(types::type).toList();
        types.sync();
        Pipeline reads = from.pipelined();
        List<Response<?>> values = new ArrayList<>(keys.size());
        List<Response<Long>> ttls = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            byte[] key = keys.get(i);
            values.add(
                    switch (typed.get(i).get()) {
                        case "string" -> reads.get(key);
                        case "hash" -> reads.hgetAll(key);
                        default -> reads.zrangeWithScores(key, 0, -1);
                    });
            ttls.add(reads.pttl(key));
        }
        reads.sync();
        Pipeline writes = to.pipelined();
        for (int i = 0; i < keys.size(); i++) {
            write(writes, keys.get(i), values.get(i).get(), ttls.get(i).get());
        }
        writes.sync();
    }

    @SuppressWarnings("unchecked")
    private static void write(Pipeline writes, byte[] key, Object value, long ttl) {
        if (value instanceof byte[] text) {
            if (ttl > 0) {
                writes.set(key, text, SetParams.setParams().px(ttl));
            } else {
                writes.set(key, text);
            }
            return;
        }
        if (value instanceof Map<?, ?> fields) {
            writes.hset(key, (Map<byte[], byte[]>) fields);
        } else {
            Map<byte[], Double> members = new HashMap<>();
            ((List<Tuple>) value).forEach(tuple -> members.put(tuple.getBinaryElement(), tuple.getScore()));
            writes.zadd(key, members);
        }
        if (ttl > 0) {
            writes.pexpire(key, ttl);
        }
    }
}
