package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.migrator.testkit.ShimApplication;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Status lists the legacy call sites of running applications, whatever place they follow, and after they have ended. */
@Tag("SHM-2")
@Tag("CLI-11")
class LiveUsageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static JsonNode sites(Cli cli) {
        Cli.Outcome status = cli.json("status");
        assertThat(status.exitCode()).isZero();
        assertThat(status.document().at("/usageUnreadable")).isEmpty();
        return status.document().at("/legacyCallSites");
    }

    private static JsonNode await(Cli cli, long calls) {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode sites = sites(cli);
        while (sum(sites) < calls && Instant.now().isBefore(end)) {
            sites = sites(cli);
        }
        return sites;
    }

    private static long sum(JsonNode sites) {
        long sum = 0;
        for (JsonNode site : sites) {
            sum += site.get("calls").asLong();
        }
        return sum;
    }

    @Test
    void status_applicationsAtAFileAndAKey_areAddedUp() {
        TestProject project = TestProject.atRest(folder.resolve("shop"));
        try (TestRedis server = TestRedis.start()) {
            Cli cli = Cli.in(project.root()).always("--legacy", server.uri(), "--target", server.uri());
            assertThat(sites(cli)).isEmpty();
            assertThat(cli.run("rollout", "--to", "dual-write", "--yes").exitCode())
                    .isZero();
            String file = "CACHE_STAGE_FILE=" + project.root().resolve(".migrator/stage");
            String[] key = {"CACHE_STAGE_URI=" + server.uri(), "CACHE_STAGE_NAME=shop"};
            String stores = "REDIS_URL=" + server.uri();
            JsonNode one;
            try (ShimApplication first = ShimApplication.start(1, stores, file)) {
                first.begin();
                one = await(cli, 1);
                assertThat(one).isNotEmpty();
            }
            long before = sum(sites(cli));
            try (ShimApplication second = ShimApplication.start(1, stores, key[0], key[1])) {
                second.begin();
                assertThat(sum(await(cli, before + 1))).isGreaterThan(before);
            }
            JsonNode site = sites(cli).get(0);
            assertThat(site.get("site").asText()).contains("LiveLoad").matches(".+\\(\\d+\\)");
            assertThat(site.get("api").asText()).startsWith("RedisCacheService.");
            assertThat(site.get("replacement").asText()).contains("KeyedCache");
            assertThat(Instant.parse(site.get("lastSeen").asText())).isBefore(Instant.now());
            assertThat(cli.run("status").all())
                    .contains("== Legacy call sites alive", "RedisCacheService.", "use KeyedCache");
        }
    }
}
