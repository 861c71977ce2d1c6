package io.cachemigrator.cache.tier.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.PutResult;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A process of the storm: two threads write their own keys, read everybody's, and note in a ledger each write once it is
 * acknowledged. It ends by itself only when something is wrong, or when it was given a number of writes.
 */
public final class StormProcess {
    static final RegionConfig REGION = RegionConfig.builder("storm").build();
    static final int PROCESSES = 4;
    private static final int THREADS = 2;
    private static final int KEYS = 120;

    private StormProcess() {}

    /** Arguments: folder, limit in bytes, ledger, number of the process, writes of a thread. */
    public static void main(String[] arguments) throws Exception {
        Path ledger = Path.of(arguments[2]);
        int writes = Integer.parseInt(arguments[4]);
        Map<String, Integer> versions = read(ledger);
        List<Thread> threads = new ArrayList<>();
        DiskConfig config = new DiskConfig(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        try (DiskTier tier = new DiskTier(config, Clock.systemUTC());
                OutputStream out = new FileOutputStream(ledger.toFile(), true)) {
            for (int i = 0; i < THREADS; i++) {
                String mine = arguments[3] + "-" + i;
                Thread thread = new Thread(() -> run(tier, mine, new HashMap<>(versions), out, writes));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void run(DiskTier tier, String mine, Map<String, Integer> versions, OutputStream out, int writes) {
        Random random = new Random();
        try {
            for (int i = 0; i < writes; i++) {
                String id = mine + ":" + random.nextInt(KEYS);
                int version = versions.merge(id, 1, Integer::sum);
                PutResult result = tier.put(REGION, List.of(new StormValue(id, version).entry()), PutCondition.ALWAYS);
                if (result instanceof PutResult.Stored) {
                    // one call of the operating system: whole or not at all, whatever kills this process
                    out.write((id + " " + version + "\n").getBytes(UTF_8));
                }
                for (int read = 0; read < 3; read++) {
                    String other =
                            random.nextInt(PROCESSES) + "-" + random.nextInt(THREADS) + ":" + random.nextInt(KEYS);
                    tier.getAll(REGION, List.of(other)).forEach(StormValue::read);
                }
            }
        } catch (Exception failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }

    /** The last acknowledged version of each key. */
    static Map<String, Integer> read(Path ledger) throws IOException {
        Map<String, Integer> versions = new HashMap<>();
        if (Files.exists(ledger)) {
            for (String line : Files.readAllLines(ledger)) {
                String[] parts = line.split(" ");
                versions.merge(parts[0], Integer.parseInt(parts[1]), Math::max);
            }
        }
        return versions;
    }

    static Process start(Path folder, long maxBytes, Path ledger, int number, int writes) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StormProcess.class.getName(),
                        folder.toString(),
                        Long.toString(maxBytes),
                        ledger.toString(),
                        Integer.toString(number),
                        Integer.toString(writes))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
