package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.stage.StageSource;
import io.cachemigrator.compat.testkit.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the original guide promised, counted at a real server: connections, round trips, memory, hits. */
@Tag("SHM-1")
@Tag("services-G-8")
@SuppressWarnings({"removal", "rawtypes"}) // the legacy classes are what is tested
class GuideClaimsTest {
    private static TestRedis redis;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.started();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void clear() {
        redis.raw().flushAll();
    }

    private static RedisCacheService open(String stage) {
        return new RedisCacheService(LegacyCacheSettings.builder(Map.of())
                .url(redis.url())
                .stage(StageSource.fixed(Stage.parse(stage)))
                .build());
    }

    private static long info(String section, String field) {
        return redis.raw()
                .info(section)
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(field.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static void useAll(RedisCacheService service) {
        NgxCacheManager manager = new NgxCacheManager(service);
        service.set("k", 1);
        manager.setPrediction("m", "h", Map.of("a", 1));
        new HttpCacheService(service).set("/a", 1);
        new ResponsePrecomputationService(manager).getInstantResponse("precio", Map.of());
        service.get("k", Integer.class);
    }

    @ParameterizedTest
    @CsvSource({"LEGACY, 1", "DUAL_WRITE, 2", "CANARY(50), 2", "CONSOLIDATED, 2"})
    @DisplayName("all classes over one service share its connections, whatever their number")
    void connections_ofAllClasses_areThoseOfOneService(String stage, int expected) {
        long before = info("clients", "connected_clients");
        try (RedisCacheService service = open(stage)) {
            useAll(service);
            long first = info("clients", "connected_clients") - before;
            useAll(service);
            useAll(service);
            assertThat(info("clients", "connected_clients") - before)
                    .as("more objects take no more")
                    .isEqualTo(first);
            assertThat(first).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("five services opened apart take five times as much, which is what the promise counted")
    void connections_ofFiveServices_areFive() {
        long before = info("clients", "connected_clients");
        List<RedisCacheService> five = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RedisCacheService service = open("LEGACY");
            service.get("k", String.class);
            five.add(service);
        }
        assertThat(info("clients", "connected_clients") - before).isEqualTo(5);
        five.forEach(RedisCacheService::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LEGACY", "DUAL_WRITE", "CONSOLIDATED"})
    @DisplayName("a look-up is one round trip at every stage: nothing made it faster, nothing slower")
    void roundTrips_ofALookup_areOne(String stage) {
        try (RedisCacheService service = open(stage)) {
            NgxCacheManager manager = new NgxCacheManager(service);
            HttpCacheService http = new HttpCacheService(service);
            ResponsePrecomputationService answers = new ResponsePrecomputationService(manager);
            useAll(service);
            answers.cacheConversationResponse("cual es el precio de esto", Map.of("response", "r"), Map.of());
            http.get("/a", Integer.class);

            assertThat(commands(() -> service.get("k", Integer.class)))
                    .as("key")
                    .isEqualTo(1);
            assertThat(commands(() -> manager.getPrediction("m", "h")))
                    .as("kind")
                    .isEqualTo(1);
            assertThat(commands(() -> http.get("/a", Integer.class)))
                    .as("response")
                    .isEqualTo(1);
            assertThat(commands(() -> service.getMany(List.of("k", "x", "y", "z"), Integer.class)))
                    .as("four keys")
                    .isEqualTo(1);
            assertThat(commands(() -> answers.getInstantResponse("precio, roi, que es, vs", Map.of())))
                    .as("an answer of several kinds: its many candidates go in a few")
                    .isLessThanOrEqualTo(2);
        }
    }

    /** Reading commands that clients sent. What a script calls is counted by the server, too, and left out here. */
    private static long commands(Runnable work) {
        long scripts = redis.calls("eval") + redis.calls("evalsha") + redis.calls("fcall");
        long plain = redis.calls("get") + redis.calls("mget");
        work.run();
        long ran = redis.calls("eval") + redis.calls("evalsha") + redis.calls("fcall") - scripts;
        return ran > 0 ? ran : redis.calls("get") + redis.calls("mget") - plain;
    }

    @Test
    @DisplayName("small entries need more room than before, large responses less")
    void memory_ofEntries_dependsOnTheirSize() {
        String large = "the same words again and again ".repeat(500);
        try (RedisCacheService service = open("DUAL_WRITE")) {
            service.set("small", 1);
            service.set("http:raw", Map.of("body", large));
            new HttpCacheService(service).set("/large", large);
        }
        assertThat(bytes("cs:general:small")).isGreaterThan(bytes("ngx:small"));
        assertThat(bytes("cs:http-responses:http:/large")).isLessThan(large.length() / 2L);
        assertThat(bytes("ngx:http:/large"))
                .as("now compressed in the legacy layout, too")
                .isLessThan(large.length() / 2L);
        assertThat(bytes("ngx:http:raw"))
                .as("as it was where the original could not write it")
                .isGreaterThan(large.length());
    }

    private static long bytes(String key) {
        Long bytes = redis.raw().memoryUsage(key);
        return bytes == null ? -1 : bytes;
    }

    @Test
    @DisplayName("the same look-ups hit as often; of the answers, all are found that were stored")
    void hitRate_ofTheSameLookups_isTheSame() {
        List<Double> rates = new ArrayList<>();
        for (String stage : List.of("LEGACY", "CONSOLIDATED")) {
            redis.raw().flushAll();
            try (RedisCacheService service = open(stage)) {
                for (int i = 0; i < 75; i++) {
                    service.set("k" + i, i);
                }
                for (int i = 0; i < 100; i++) {
                    service.get("k" + i, Integer.class);
                }
                rates.add(service.getStats().hitRate());
                NgxCacheManager manager = new NgxCacheManager(service);
                ResponsePrecomputationService answers = new ResponsePrecomputationService(manager);
                manager.preloadCommonResponses();
                assertThat(answers.getInstantResponse("precio", Map.of())).isPresent();
            }
        }
        assertThat(rates).containsExactly(0.75, 0.75);
    }
}
