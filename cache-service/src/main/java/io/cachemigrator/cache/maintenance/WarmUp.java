package io.cachemigrator.cache.maintenance;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.Codecs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills a region before the application needs it: with what a loader gives for a list of ids, or with the files of a folder.
 * Entries that are there are left alone, so it can be done again. A dump is put back by {@link CacheDump#restore}.
 */
public final class WarmUp {
    private static final int MOST_LISTED = 100;
    private static final int MOST_THREADS = 256;

    private final CacheService service;
    private final int threads;

    /**
     * Of a service, which stays open.
     *
     * @param threads 1 to 256: how many entries are loaded at a time
     */
    public WarmUp(CacheService service, int threads) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(
                    "A warm-up takes 1 to " + MOST_THREADS + " threads, not " + threads + ".");
        }
        this.service = service;
        this.threads = threads;
    }

    /** Loads the ids that are missing; a null from the loader is a failure of that id. */
    public <V> WarmUpReport fromLoader(
            Region<V> region, List<String> ids, Function<String, ? extends @Nullable V> loader, Progress progress) {
        return run(region.name(), ids.iterator(), progress, id -> {
            if (region.exists(id)) {
                return WriteOutcome.CONDITION_NOT_MET;
            }
            @Nullable V value = loader.apply(id);
            if (value == null) {
                throw new IllegalStateException("the loader gave nothing");
            }
            return region.put(id, value, WriteOptions.ifAbsent());
        });
    }

    /**
     * Stores the files of a folder and those below, under their paths from it with slashes: {@code .json} files as JSON,
     * other text as text, the rest as bytes. The end of the name is not part of the id. Links are not followed.
     *
     * @throws IOException if the folder cannot be listed
     */
    public WarmUpReport fromFolder(String regionName, Path folder, Progress progress) throws IOException {
        Region<byte[]> json = service.region(regionName, Codecs.rawJsonBytes());
        Region<String> text = service.region(regionName, Codecs.text());
        Region<byte[]> bytes = service.region(regionName, Codecs.bytes());
        int limit = json.config().maxValueBytes();
        try (Stream<Path> files = Files.walk(folder)) {
            Iterator<Path> regular = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .iterator();
            return run(regionName, regular, progress, file -> {
                if (Files.size(file) > limit) {
                    return WriteOutcome.TOO_LARGE;
                }
                String id = idOf(folder, file);
                byte[] content = Files.readAllBytes(file);
                if (file.toString().endsWith(".json")) {
                    return json.put(id, content, WriteOptions.ifAbsent());
                }
                @Nullable String decoded = text(content);
                return decoded == null
                        ? bytes.put(id, content, WriteOptions.ifAbsent())
                        : text.put(id, decoded, WriteOptions.ifAbsent());
            });
        }
    }

    private static String idOf(Path folder, Path file) {
        StringBuilder id = new StringBuilder();
        for (Path part : folder.relativize(file)) {
            id.append(id.isEmpty() ? "" : "/").append(part);
        }
        int dot = id.lastIndexOf(".");
        return dot > id.lastIndexOf("/") + 1 ? id.substring(0, dot) : id.toString();
    }

    private static @Nullable String text(byte[] content) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (MalformedInputException notText) {
            return null;
        }
    }

    private interface Store<T> {
        WriteOutcome store(T source) throws IOException;
    }

    private <T> WarmUpReport run(String region, Iterator<? extends T> sources, Progress progress, Store<T> store) {
        Tally tally = new Tally();
        AtomicBoolean stopped = new AtomicBoolean();
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "cache-warm-up");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = Stream.generate(() -> workers.submit(() -> {
                        for (T source = next(sources); source != null && !stopped.get(); source = next(sources)) {
                            tally.add(source.toString(), outcome(store, source));
                            tell(progress, region, tally, stopped);
                        }
                    }))
                    .limit(threads)
                    .<Future<?>>map(each -> each)
                    .toList();
            endOf(running);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            tally.add("(all others)", "interrupted");
        } finally {
            workers.shutdownNow();
        }
        return tally.report();
    }

    private static void tell(Progress progress, String region, Tally tally, AtomicBoolean stopped) {
        synchronized (progress) {
            boolean goesOn = false;
            try {
                if (!stopped.get()) {
                    progress.at(region, tally.done.get());
                    goesOn = true;
                }
            } finally {
                if (!goesOn) {
                    stopped.set(true);
                }
            }
        }
    }

    /** Waits for all of them, so that nothing goes on behind the caller's back; then throws what one of them threw. */
    private static void endOf(List<Future<?>> running) throws InterruptedException {
        @Nullable Throwable failure = null;
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException ended) {
                failure = failure == null ? ended.getCause() : failure;
            }
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure != null) {
            throw new IllegalStateException("A warm-up ended by a defect.", failure);
        }
    }

    private static <T> @Nullable T next(Iterator<? extends T> sources) {
        synchronized (sources) {
            return sources.hasNext() ? sources.next() : null;
        }
    }

    private static <T> Object outcome(Store<T> store, T source) {
        try {
            return store.store(source);
        } catch (IOException | RuntimeException failure) {
            return failure.getClass().getSimpleName() + ": " + failure.getMessage();
        }
    }

    /** Counts outcomes of several threads. */
    private static final class Tally {
        private final AtomicLong done = new AtomicLong();
        private final Map<String, String> failures = new TreeMap<>();
        private long loaded;
        private long present;
        private long failed;

        private synchronized void add(String source, Object outcome) {
            done.incrementAndGet();
            if (outcome == WriteOutcome.STORED) {
                loaded++;
            } else if (outcome == WriteOutcome.CONDITION_NOT_MET) {
                present++;
            } else {
                failed++;
                if (failures.size() < MOST_LISTED) {
                    failures.put(source, outcome.toString());
                }
            }
        }

        private synchronized WarmUpReport report() {
            return new WarmUpReport(loaded, present, failures, failed);
        }
    }
}
