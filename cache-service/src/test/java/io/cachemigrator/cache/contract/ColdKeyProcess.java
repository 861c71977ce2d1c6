package io.cachemigrator.cache.contract;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** One of several processes that ask for the same missing entries at the same time. */
public final class ColdKeyProcess {
    private static final int THREADS = 32;

    private ColdKeyProcess() {}

    /**
     * Arguments: a folder to leave marks in, number of processes, number of ids, tier policy, and the Redis URI where the
     * policy needs one.
     */
    public static void main(String[] arguments) throws Exception {
        Path marks = Path.of(arguments[0]);
        int processes = Integer.parseInt(arguments[1]);
        int ids = Integer.parseInt(arguments[2]);
        TierPolicy policy = TierPolicy.valueOf(arguments[3]);
        CacheConfigBuilder config = CacheConfig.builder()
                .defaults(RegionConfig.builder("default").tiers(policy).build());
        if (policy.usesRedis()) {
            config.redisUri(arguments[4]);
        } else {
            config.diskFolder(marks.resolve("store"));
        }
        try (CacheService service = CacheService.open(config.build())) {
            Region<String> region = service.region("cold", String.class);
            region.get("warm-up");
            System.out.println("ready");
            System.in.read();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(() -> {
                    for (int id = 0; id < ids; id++) {
                        ask(region, marks, processes, id);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println("done");
    }

    private static void ask(Region<String> region, Path marks, int processes, int id) {
        mark(marks, "asked-" + id + "-" + ProcessHandle.current().pid());
        String value = region.getOrLoad("id" + id, key -> {
            mark(marks, "loaded-" + id + "-" + ProcessHandle.current().pid());
            // until every process has asked: else those that come late would find it loaded already
            while (count(marks, "asked-" + id + "-") < processes) {
                LockSupport.parkNanos(1_000_000);
            }
            return "value";
        });
        if (!"value".equals(value)) {
            System.out.println("wrong " + value);
        }
    }

    private static void mark(Path folder, String name) {
        try {
            Files.write(folder.resolve(name), new byte[0]);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static long count(Path folder, String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Process start(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ColdKeyProcess.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
