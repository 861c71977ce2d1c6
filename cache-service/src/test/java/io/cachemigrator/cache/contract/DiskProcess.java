package io.cachemigrator.cache.contract;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A second process that works on the same folder; its output names what was acknowledged. */
public final class DiskProcess {
    private DiskProcess() {}

    static CacheService open(Path folder) {
        return CacheService.open(CacheConfig.builder()
                .diskFolder(folder)
                .defaults(RegionConfig.builder("default").tiers(TierPolicy.DISK).build())
                .build());
    }

    /** Arguments: folder, {@code count} and a number of increments, or {@code write} to write until killed. */
    public static void main(String[] arguments) {
        try (CacheService service = open(Path.of(arguments[0]))) {
            Region<String> region = service.region("shared", String.class);
            System.out.println("ready");
            if (arguments[1].equals("count")) {
                for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                    region.increment("counter", 1);
                }
                System.out.println("done");
                return;
            }
            for (int i = 0; ; i++) {
                if (region.put("k" + i, "v" + i, WriteOptions.DEFAULTS).isStored()) {
                    System.out.println(i);
                }
            }
        }
    }

    static Process start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                DiskProcess.class.getName(),
                folder.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
