package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StagePlace;
import io.cachemigrator.compat.stage.StageSources;
import io.cachemigrator.compat.testkit.Eventually;
import io.cachemigrator.compat.testkit.TestRedis;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications in processes of their own follow the stage without a restart. */
@Tag("SHM-3")
@Tag("CLI-12")
class StageProcessesTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("a change of the file is seen by running processes, and all of them say so")
    void file_changed_isSeenByRunningProcesses() {
        try (StagePlace place = StageSources.file(folder.resolve("stage"), Clock.systemUTC())) {
            seenByRunningProcesses(
                    place, Map.of("CACHE_STAGE_FILE", folder.resolve("stage").toString()));
        }
    }

    @Test
    @DisplayName("a change of the key is seen by running processes, and all of them say so")
    void key_changed_isSeenByRunningProcesses() {
        try (TestRedis keeper = TestRedis.started();
                StagePlace place = StageSources.key(RedisConfig.of(keeper.url()), "two")) {
            seenByRunningProcesses(place, Map.of("CACHE_STAGE_URI", keeper.url(), "CACHE_STAGE_NAME", "two"));
        }
    }

    private static void seenByRunningProcesses(StagePlace place, Map<String, String> where) {
        place.write(new Stage.Legacy());
        try (TestRedis legacy = TestRedis.started();
                TestRedis target = TestRedis.started()) {
            Map<String, String> environment = new LinkedHashMap<>(where);
            environment.put("REDIS_URL", legacy.url());
            environment.put("CACHE_REDIS_URI", target.url());
            try (ShimProcess one = ShimProcess.start(environment);
                    ShimProcess two = ShimProcess.start(environment)) {
                Eventually.await(
                        () -> place.present().size() == 2 && legacy.raw().exists("ngx:" + ShimProcess.KEY));
                assertThat(place.present())
                        .extracting(each -> each.process().replaceAll("@.*", ""))
                        .containsExactlyInAnyOrder(String.valueOf(one.pid()), String.valueOf(two.pid()));
                assertThat(target.keys("*")).isEmpty();

                place.write(new Stage.DualWrite());
                Eventually.await(() ->
                        place.present().stream().allMatch(each -> each.stage().equals(new Stage.DualWrite())));
                Eventually.await(() -> target.raw().exists("cs:general:" + ShimProcess.KEY));
            }
        }
    }
}
