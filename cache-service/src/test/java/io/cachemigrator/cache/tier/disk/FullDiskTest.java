package io.cachemigrator.cache.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.DiskConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that takes no more, which the operating system's limit on the size of files stands for. */
@Tag("SVC-3")
class FullDiskTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void put_onAFullDisk_isUnavailableAndLosesNothing(String values) throws Exception {
        Process process = FullDiskProcess.start(folder, values);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("full after ", "done")
                .containsAnyOf("the disk is full", "cannot be used", "cannot be written")
                .doesNotContain("lost ", "never full");
        int stored = Integer.parseInt(output.replaceAll("(?s).*full after (\\d+).*", "$1"));

        try (DiskTier tier = new DiskTier(DiskConfig.of(folder), Clock.systemUTC())) {
            for (int i = 0; i < stored; i++) {
                assertThat(DiskTiers.get(tier, StormProcess.REGION, "k" + i)).isNotNull();
            }
            assertThat(DiskTiers.get(tier, StormProcess.REGION, "k" + stored)).isNull();
            // there is room again
            DiskTiers.put(tier, StormProcess.REGION, "k" + stored, DiskTiers.payload(100, 1));
            assertThat(tier.health().details()).containsEntry("damagedFilesPutAside", "0");
            StormValue.read(
                    "first", tier.getAll(StormProcess.REGION, List.of("first")).get("first"));
        }
        if (Files.isDirectory(folder.resolve("values"))) {
            assertThat(folder.resolve("values")).isEmptyDirectory();
        }
    }
}
