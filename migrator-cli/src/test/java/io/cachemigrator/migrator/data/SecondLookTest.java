package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.migrator.command.Cli;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.testkit.TestProject;
import io.cachemigrator.migrator.testkit.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What differed is looked at again with its partners, after a real copy. */
@Tag("CLI-6")
class SecondLookTest {

    private static List<byte[]> keys(String... names) {
        return Stream.of(names).map(name -> name.getBytes(UTF_8)).toList();
    }

    private static List<String> texts(List<byte[]> keys) {
        return keys.stream().map(key -> new String(key, UTF_8)).toList();
    }

    private interface Looking {
        void look(SecondLook look, MapSet maps);
    }

    /** Migrates what a server has and looks at it. */
    private static void afterMigration(Path folder, TestRedis server, Looking looking) {
        Cli.Outcome copied = Cli.in(
                        TestProject.atRest(folder.resolve("project")).root())
                .run("migrate", "--yes", "--legacy", server.uri());
        assertThat(copied.exitCode()).as(copied.all()).isZero();
        StoreUri uri = StoreUri.parse("--legacy", server.uri(), folder);
        Stores stores = new Stores(uri, uri, DataMover.KEY_PREFIX, "");
        MapSet maps = new MapSet(List.of(MigrationMaps.builtIn("services").orElseThrow()), Map.of());
        try (LegacyReader source = stores.openLegacy();
                CopyTarget target = stores.openTarget()) {
            looking.look(new SecondLook(maps, source, target), maps);
        }
    }

    @Test
    void look_tellsWhatStillDiffersAndWhatIsLeftOver(@TempDir Path folder) {
        try (TestRedis server = TestRedis.start();
                Jedis redis = server.connect()) {
            redis.setex("ngx:conv:same", 4_000, "{\"a\": 1}");
            redis.setex("ngx:conv:changed", 4_000, "{\"a\": 1}");
            redis.setex("ngx:conv:renewed", 4_000, "{\"a\": 1}");
            redis.setex("ngx:conv:deleted", 4_000, "{\"a\": 1}");
            redis.set("ngx:metr:sum", "100");
            redis.set("ngx:metrics:sum", "23");
            afterMigration(folder, server, (look, maps) -> {
                List<byte[]> all = keys(
                        "ngx:conv:same", "ngx:conv:changed", "ngx:conv:renewed", "ngx:conv:deleted", "ngx:metr:sum");
                List<CopyTarget.Place> places = Partners.places(maps, all);
                assertThat(look.differing(all)).isEmpty();
                assertThat(look.extra(places)).isEmpty();

                redis.setex("ngx:conv:changed", 4_000, "{\"a\": 2}");
                redis.expire("ngx:conv:renewed", 8_000);
                redis.del("ngx:conv:deleted");
                redis.incr("ngx:metr:sum");
                redis.setex("ngx:conv:added", 4_000, "{}");
                assertThat(texts(look.differing(keys(
                                "ngx:conv:same",
                                "ngx:conv:changed",
                                "ngx:conv:renewed",
                                "ngx:conv:deleted",
                                "ngx:conv:added",
                                "ngx:metr:sum"))))
                        .containsExactlyInAnyOrder(
                                "ngx:conv:changed", "ngx:conv:renewed", "ngx:conv:added", "ngx:metrics:sum");
                assertThat(look.extra(places).stream().map(copy -> copy.place().display()))
                        .containsExactly("conversations:conv:deleted");
            });
        }
    }

    @Test
    void look_entryTooLargeForMemory_isComparedInPieces(@TempDir Path folder) {
        String large = "{\"a\": \"" + "0123456789abcdef".repeat(200_000) + "\"}";
        try (TestRedis server = TestRedis.start();
                Jedis redis = server.connect()) {
            redis.set("ngx:conv:same", large);
            redis.set("ngx:conv:changed", large);
            afterMigration(folder, server, (look, maps) -> {
                List<byte[]> both = keys("ngx:conv:same", "ngx:conv:changed");
                assertThat(look.differing(both)).isEmpty();

                redis.setrange("ngx:conv:changed", large.length() - 10, "x");
                assertThat(texts(look.differing(both))).containsExactly("ngx:conv:changed");

                redis.del("cs:conversations:conv:same");
                assertThat(texts(look.differing(both))).containsExactlyInAnyOrder("ngx:conv:same", "ngx:conv:changed");
            });
        }
    }
}
