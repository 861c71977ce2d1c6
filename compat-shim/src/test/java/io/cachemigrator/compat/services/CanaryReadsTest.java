package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.compat.stage.StickyBuckets;
import io.cachemigrator.compat.testkit.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which keys a canary reads where, in processes of their own. */
@Tag("SHM-3")
@Tag("CLI-12")
@SuppressWarnings("removal") // the legacy classes are what is tested
class CanaryReadsTest {
    private static final String SALT = "autumn";
    private static final List<String> KEYS =
            IntStream.range(0, 1_000).mapToObj(i -> "conv:c-" + i).toList();

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "two processes read the same quarter of the keys in the consolidated layout, and a larger share holds it")
    void canary_inTwoProcesses_readsTheSameKeysThere() throws Exception {
        try (TestRedis legacy = TestRedis.started();
                TestRedis target = TestRedis.started();
                CacheService service = CacheService.open(
                        CacheConfig.builder().redisUri(target.url()).build())) {
            Region<String> region = service.region("conversations", String.class);
            KEYS.forEach(key -> {
                legacy.raw().set("ngx:" + key, "\"legacy\"");
                region.put(key, "target");
            });
            Set<String> quarter = readThere(legacy, target, 25);
            assertThat(readThere(legacy, target, 25)).isEqualTo(quarter);
            StickyBuckets buckets = new StickyBuckets(SALT);
            assertThat(quarter)
                    .isEqualTo(KEYS.stream()
                            .filter(key -> buckets.isWithin(key, 25))
                            .collect(Collectors.toCollection(TreeSet::new)));
            assertThat(quarter).hasSizeBetween(200, 300);
            assertThat(readThere(legacy, target, 50)).containsAll(quarter);
        }
    }

    /** Keys that a process of its own reads in the consolidated layout. */
    private Set<String> readThere(TestRedis legacy, TestRedis target, int percent)
            throws IOException, InterruptedException {
        Path stage = Files.writeString(folder.resolve("stage-" + percent), "CANARY(" + percent + ")");
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CanaryReadsTest.class.getName(),
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment()
                .putAll(Map.of(
                        "REDIS_URL", legacy.url(),
                        "CACHE_REDIS_URI", target.url(),
                        "CACHE_STAGE_FILE", stage.toString(),
                        "CACHE_CANARY_SALT", SALT));
        assertThat(builder.start().waitFor()).isZero();
        return new TreeSet<>(Files.readAllLines(out));
    }

    /** The process: writes the keys that it reads in the consolidated layout into a file. */
    public static void main(String... arguments) throws IOException {
        try (RedisCacheService cache = new RedisCacheService()) {
            Files.write(
                    Path.of(arguments[0]),
                    KEYS.stream()
                            .filter(key -> "target".equals(cache.get(key, String.class)))
                            .toList());
        }
    }
}
