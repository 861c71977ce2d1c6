package io.cachemigrator.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.TierPolicy;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Four processes of 32 threads each ask for entries that nobody has: each is loaded once. */
@Tag("SVC-5")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ColdKeyProcessesTest {
    private static final int PROCESSES = 4;
    private static final int IDS = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = TierPolicy.class,
            names = {"DISK", "MEMORY_DISK", "REDIS", "MEMORY_REDIS"})
    void getOrLoad_ofColdKeysInFourProcesses_loadsEachOnce(TierPolicy policy) throws Exception {
        if (policy.usesRedis()) {
            try (EmbeddedRedis redis = new EmbeddedRedis()) {
                run(policy, redis.uri());
            }
        } else {
            run(policy, "none");
        }
    }

    private void run(TierPolicy policy, String uri) throws Exception {
        List<Process> processes = new ArrayList<>();
        List<BufferedReader> outputs = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                Process process = ColdKeyProcess.start(folder, PROCESSES, IDS, policy, uri);
                processes.add(process);
                outputs.add(DiskProcess.output(process));
            }
            for (BufferedReader output : outputs) {
                assertThat(output.readLine()).isEqualTo("ready");
            }
            for (Process process : processes) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
            for (BufferedReader output : outputs) {
                assertThat(output.readLine()).isEqualTo("done");
            }
            for (int id = 0; id < IDS; id++) {
                assertThat(ColdKeyProcess.count(folder, "asked-" + id + "-")).isEqualTo(PROCESSES);
                assertThat(ColdKeyProcess.count(folder, "loaded-" + id + "-")).isEqualTo(1);
            }
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
