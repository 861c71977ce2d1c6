package io.cachemigrator.cache.domain.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.contract.MovableClock;
import io.cachemigrator.cache.domain.response.PrecomputedResponse.Match;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SVC-14")
class PrecomputedResponsesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final MovableClock clock = new MovableClock(NOW);
    private CacheService service;
    private PrecomputedResponses responses;

    @BeforeEach
    void open() {
        service = CacheService.open(CacheConfig.builder().clock(clock).build());
        responses = over(service);
    }

    /** A cache over a service. */
    PrecomputedResponses over(CacheService opened) {
        return new PrecomputedResponses(opened, ResponsePattern.conversation());
    }

    @AfterEach
    void close() {
        service.close();
    }

    private static Map<String, Object> says(String text) {
        return Map.of("response", text, "type", "pricing");
    }

    @Test
    @Tag("services-B-3")
    @DisplayName("B-3: every field comes back")
    void find_sameQuestion_givesAllFields() {
        assertThat(responses.put("pricing", "How much is it?", Map.of("response", "149", "extra", List.of(1, 2)), 0.7))
                .isTrue();
        PrecomputedResponse found = responses
                .find(" \u00a0HOW much is it?\n", ResponseContext.GENERAL)
                .orElseThrow();
        assertThat(found.text()).isEqualTo("149");
        assertThat(found.type()).isEqualTo("pricing");
        assertThat(found.confidence()).isEqualTo(0.7);
        assertThat(found.createdAt()).isEqualTo(NOW);
        assertThat(found.match()).isEqualTo(Match.QUESTION);
        assertThat(found.fields()).containsEntry("extra", List.of(1, 2));
        assertThat(found.toMap(NOW))
                .containsEntry("from_cache", true)
                .containsEntry("cache_type", "instant")
                .containsEntry("timestamp", "2026-01-01T00:00:00Z")
                .containsEntry("extra", List.of(1, 2));
        clock.advance(Duration.ofHours(3));
        assertThat(responses.find("how much is it?", ResponseContext.GENERAL)).isEmpty();
    }

    @ParameterizedTest
    @Tag("services-D-2")
    @Tag("services-G-4")
    @DisplayName("D-2: each of the seventeen kinds is learnt from one question and found by another")
    @CsvSource({
        "el precio hoy, dime el PRECIO, pricing_response",
        "eso es caro, pero es caro no, pricing_objection",
        "hay descuento, algun descuento ahora, discount_response",
        "que es esto, dime que es aquello, info_response",
        "how does it work, and how does that go, explanation_response",
        "que incluye el plan, y que incluye ese, features_response",
        "hay garantia, dan garantia, guarantee_response",
        "y si no funciona, que pasa si no funciona, guarantee_objection",
        "is it worth it, really worth it, roi_response",
        "hay testimonios, otros testimonios, success_stories",
        "no tengo tiempo, hoy no tengo tiempo, time_objection",
        "debo pensarlo, mejor debo pensarlo, thinking_objection",
        "quiero hablar con mi jefe, hablar con otra, consultation_objection",
        "hay diferencia, la diferencia cual, comparison_response",
        "ser mejor que otros, mejor que ellos, competitive_response",
        "y la seguridad, hay seguridad, security_response",
        "quiero cancelar, puedo cancelar ya, cancellation_response"
    })
    void find_otherQuestionOfTheKind_isFoundByPattern(String taught, String asked, String type) {
        assertThat(responses.learn(taught, says("answer"), ResponseContext.GENERAL, 1))
                .isTrue();
        PrecomputedResponse found =
                responses.find(asked, ResponseContext.GENERAL).orElseThrow();
        assertThat(found.match()).isEqualTo(Match.PATTERN);
        assertThat(found.type()).isEqualTo(type);
        assertThat(responses.find(taught, ResponseContext.GENERAL).orElseThrow().match())
                .isEqualTo(Match.QUESTION);
        assertThat(responses.find(asked, ResponseContext.GENERAL.withCustomer("athlete", "elite")))
                .isEmpty();
    }

    @ParameterizedTest
    @Tag("services-D-1")
    @DisplayName("D-1: private exchanges are never kept; whole words only")
    @ValueSource(strings = {"my password for the price cost", "that payment had a cost", "the CARD cost more"})
    void learn_privateExchange_isRefused(String question) {
        assertThat(responses.learn(question, says("ok"), ResponseContext.GENERAL, 1))
                .isFalse();
        assertThat(responses.put("pricing", question, says("ok"), 1)).isFalse();
        assertThat(responses.learn("what does it cost", says(question), ResponseContext.GENERAL, 1))
                .isFalse();
        assertThat(service.region(PrecomputedResponses.REGION, Codecs.bytes())
                        .clear()
                        .removed())
                .isZero();
        assertThat(responses.statistics().refused()).isEqualTo(3);
    }

    @Test
    void learn_wordThatOnlyHoldsAPrivateOne_isKept() {
        assertThat(responses.learn("cuanto cuesta el plan personalizado", says("149"), ResponseContext.GENERAL, 1))
                .isTrue();
    }

    @Test
    void learn_personalDataOrAQuestionThatWillNotComeAgain_isRefused() {
        assertThat(responses.learn("what does it cost", says("x"), ResponseContext.GENERAL.withPersonalData(), 1))
                .isFalse();
        assertThat(responses.learn("hello there", says("x"), ResponseContext.GENERAL, 1))
                .isFalse();
        assertThat(responses.learn("one two three four five", says("x"), ResponseContext.GENERAL, 1))
                .isTrue();
        assertThat(responses.learn("w ".repeat(16), says("x"), ResponseContext.GENERAL, 1))
                .isFalse();
    }

    @ParameterizedTest
    @Tag("services-D-4")
    @Tag("services-D-7")
    @DisplayName("D-4, D-7: the name is put in, and other braces are left alone")
    @CsvSource({
        "'Hello {name}, code {codigo}', 'Hello Ana, code {codigo}'",
        "'It is 149', 'Ana, It is 149'",
        "'Ana, it is 149', 'Ana, it is 149'"
    })
    void find_withName_addressesTheCustomer(String text, String expected) {
        responses.put("pricing", "the price is what", says(text), 1);
        assertThat(responses
                        .find("the price is what", ResponseContext.GENERAL.withName("Ana"))
                        .orElseThrow()
                        .text())
                .isEqualTo(expected);
        assertThat(responses
                        .find("the price is what", ResponseContext.GENERAL)
                        .orElseThrow()
                        .text())
                .isEqualTo(text);
    }

    @Test
    void find_belowTheLeastConfidence_isPassedOverForTheNextBest() {
        PrecomputedResponses sure = new PrecomputedResponses(service, ResponsePattern.conversation(), 0.8);
        sure.put("pricing", "what does it cost", says("guess"), 0.5);
        assertThat(sure.find("what does it cost", ResponseContext.GENERAL)).isEmpty();
        ResponsePattern pricing = ResponsePattern.conversation().get(0);
        sure.putForPattern(pricing, ResponseContext.GENERAL, says("known"), 0.9);
        assertThat(sure.find("what does it cost", ResponseContext.GENERAL))
                .map(PrecomputedResponse::text)
                .contains("known");
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> sure.put("pricing", "q", says("x"), wrong))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new PrecomputedResponses(service, List.of(), wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @Tag("services-D-6")
    @DisplayName("D-6: hot, learnt and preloaded answers that a migration brought are found")
    void find_migratedEntries_areFoundByQuestionPatternAndKind() {
        migrated("pricing:b26dd018cac0dd997ba96451c63445bc", "preloaded");
        assertThat(text("precio")).contains("preloaded");
        migrated("pricing:4949aaa8e279fcb6974e0846029f42a6", "hot");
        assertThat(text("cual es el precio")).contains("hot");
        migrated("pricing_response:e2c3570ebaa1516880c0d7cdb3d2b8f3", "learnt");
        assertThat(text("cual es el precio")).contains("learnt");
    }

    private void migrated(String id, String text) {
        Region<byte[]> region = service.region(PrecomputedResponses.REGION, Codecs.rawJsonBytes());
        String json = "{\"response\": \"" + text + "\", \"confidence\": 1.0, \"created_at\": \"2025-08-03T10:15:30Z\","
                + " \"payload\": {\"response\": \"" + text + "\", \"type\": \"pricing\"}}";
        region.put("precomp:" + id, json.getBytes(StandardCharsets.UTF_8), WriteOptions.DEFAULTS);
    }

    private Optional<String> text(String question) {
        return responses.find(question, ResponseContext.GENERAL).map(PrecomputedResponse::text);
    }

    @Test
    @Tag("services-D-8")
    @DisplayName("D-8: a write that failed is not reported as stored, and a look-up that failed is no miss")
    void storeDown_isToldAndCounted() {
        try (EmbeddedRedis server = new EmbeddedRedis();
                CacheService remote = CacheService.open(CacheConfig.builder()
                        .redisUri(server.uri())
                        .region(RegionConfig.builder(PrecomputedResponses.REGION)
                                .tiers(TierPolicy.REDIS)
                                .build())
                        .build())) {
            PrecomputedResponses cached = new PrecomputedResponses(remote, ResponsePattern.conversation());
            assertThat(cached.put("pricing", "what cost", says("x"), 1)).isTrue();
            assertThat(cached.find("what cost", ResponseContext.GENERAL)).isPresent();
            server.stop();
            assertThat(cached.put("pricing", "what cost", says("x"), 1)).isFalse();
            assertThat(cached.find("what cost", ResponseContext.GENERAL)).isEmpty();
            assertThat(cached.statistics()).isEqualTo(new ResponseStatistics(1, 0, 0, 1, 0));
        }
    }

    @Test
    void statistics_countHitsAndMisses() {
        responses.learn("what does it cost", says("x"), ResponseContext.GENERAL, 1);
        responses.find("what does it cost", ResponseContext.GENERAL);
        responses.find("the cost please", ResponseContext.GENERAL);
        responses.find("unrelated", ResponseContext.GENERAL);
        assertThat(responses.statistics()).isEqualTo(new ResponseStatistics(1, 1, 1, 0, 0));
        assertThat(responses.statistics().hitRate()).isEqualTo(2.0 / 3);
        assertThatThrownBy(() -> ResponsePattern.of("x")).isInstanceOf(IllegalArgumentException.class);
    }
}
