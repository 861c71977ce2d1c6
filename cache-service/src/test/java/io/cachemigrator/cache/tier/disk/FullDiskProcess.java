package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A process whose files cannot grow beyond a size; writes until that shows, and reads on. */
public final class FullDiskProcess {
    private static final int MOST = 20_000;

    private FullDiskProcess() {}

    /** Arguments: folder, and whether values are large. */
    public static void main(String[] arguments) throws Exception {
        int size = arguments[1].equals("large") ? 8_000_000 : 2_000;
        try (DiskTier tier = new DiskTier(new DiskConfig(Path.of(arguments[0]), 1L << 40), Clock.systemUTC())) {
            int stored = 0;
            try {
                tier.put(StormProcess.REGION, List.of(new StormValue("first", 1).entry()), PutCondition.ALWAYS);
                for (; stored < MOST; stored++) {
                    tier.put(
                            StormProcess.REGION,
                            List.of(DiskTiers.entry("k" + stored, DiskTiers.payload(size, stored))),
                            PutCondition.ALWAYS);
                }
                System.out.println("never full");
            } catch (TierUnavailableException full) {
                System.out.println("full after " + stored + ": " + full.reason());
            }
            for (int i = 0; i < stored; i++) {
                if (DiskTiers.get(tier, StormProcess.REGION, "k" + i) == null) {
                    System.out.println("lost k" + i);
                }
            }
            System.out.println("done");
        }
    }

    static Process start(Path folder, String values) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // 4,096 blocks of 512 or 1,024 bytes, as the shell has it: a write beyond fails
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 4096; exec \"$@\"",
                        "sh",
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FullDiskProcess.class.getName(),
                        folder.toString(),
                        values)
                .redirectErrorStream(true)
                .start();
    }
}
