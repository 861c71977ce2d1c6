package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.domain.conversation.ConversationPhase;
import io.cachemigrator.cache.domain.conversation.ConversationState;
import io.cachemigrator.cache.domain.conversation.CustomerData;
import io.cachemigrator.cache.domain.conversation.Message;
import io.cachemigrator.cache.domain.conversation.Message.Role;
import io.cachemigrator.cache.domain.conversation.ProgramType;
import io.cachemigrator.cache.domain.conversation.WarmReport;
import io.cachemigrator.compat.stage.Stage;
import io.cachemigrator.compat.testkit.TestRedis;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every caller of the legacy manager sees, whatever the stage. */
@Tag("SHM-1")
@Tag("SHM-3")
@Tag("SVC-14")
@SuppressWarnings("removal") // the legacy classes are what is tested
abstract class NgxCacheManagerContract {
    private static final LocalDateTime TIME = LocalDateTime.parse("2025-08-03T10:15:30.123456");
    private static final String HASH = "3e246462619e878efd20725eba29d4cd";

    private static TestRedis redis;

    private StageWorld world;
    private RedisCacheService service;
    private NgxCacheManager cache;

    abstract Stage stage();

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.started();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void open() {
        redis.raw().flushAll();
        world = new StageWorld(redis, stage());
        service = world.service();
        cache = new NgxCacheManager(service);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("services-case-24")
    @DisplayName("case 24: a conversation with times, accents and emoji comes back equal, for two hours")
    void setConversation_fullState_comesBackEqual() {
        ConversationState state = conversation("c-1");
        assertThat(cache.setConversation("c-1", state)).isTrue();
        assertThat(cache.getConversation("c-1")).contains(state);
        assertTtl("conv:c-1", Duration.ofHours(2));
        assertThat(cache.setConversation("c-1", state, Duration.ofSeconds(60))).isTrue();
        assertTtl("conv:c-1", Duration.ofSeconds(60));
    }

    @Test
    @Tag("services-case-25")
    @DisplayName("case 25: times with a space are read")
    void getConversation_timesWithSpace_areRead() {
        world.seed(
                "conv:c-2",
                "{\"id\": \"c-2\", \"phase\": \"closing\", \"created_at\": \"2025-08-03 10:15:30.123456\", "
                        + "\"messages\": [{\"id\": \"m\", \"role\": \"user\", \"content\": \"ok\", "
                        + "\"timestamp\": \"2025-08-03 10:15:30\"}], \"added_later\": true}");
        ConversationState state = cache.getConversation("c-2").orElseThrow();
        assertThat(state.createdAt()).isEqualTo(TIME);
        assertThat(state.messages().get(0).timestamp()).isEqualTo(TIME.withNano(0));
        assertThat(state.phase()).isEqualTo(ConversationPhase.CLOSING);
        assertThat(state.conversationId()).isEqualTo("c-2");
    }

    @Test
    @Tag("services-E-21")
    @Tag("services-case-26")
    @DisplayName("case 26, E-21: a state that is not understood is a decode error and stays")
    void getConversation_unknownPhase_isEmptyAndStays() {
        world.seed("conv:bad", "{\"id\": \"bad\", \"phase\": \"nonsense\"}");
        assertThat(cache.getConversation("bad")).isEmpty();
        assertThat(service.getStats().decodeErrors()).isEqualTo(1);
        assertThat(service.getStats().hits()).isZero();
        assertThat(service.exists("conv:bad")).isTrue();
    }

    @Test
    @Tag("services-case-27")
    @DisplayName("case 27: ids are used verbatim")
    void setConversation_idWithColons_isUsedVerbatim() {
        String id = "whatsapp:+52155:2025";
        cache.setConversation(id, conversation(id));
        assertThat(redis.raw().exists(world.rawKey("conv:" + id))).isTrue();
        assertThat(cache.deleteConversation(id)).isTrue();
        assertThat(cache.getConversation(id)).isEmpty();
        assertThat(cache.deleteConversation(id)).isFalse();
    }

    @Test
    @Tag("services-B-9")
    @DisplayName("B-9: a map is no conversation, and the service says so")
    void setConversation_mapThroughTheService_isReadAsStateOrRefused() {
        service.set("conv:map", Map.of("id", "map", "phase", "greeting"));
        assertThat(cache.getConversation("map")).map(ConversationState::id).contains("map");
        service.set("conv:list", List.of(1));
        assertThat(cache.getConversation("list")).isEmpty();
    }

    @Test
    void getConversationsBatch_someMissingSomeBad_givesTheGoodAndKeepsTheBad() {
        cache.setConversation("a", conversation("a"));
        cache.setConversation("b", conversation("b"));
        world.seed("conv:bad", "{\"phase\": \"nonsense\"}");
        Map<String, ConversationState> found = cache.getConversationsBatch(List.of("b", "bad", "missing", "a", "b"));
        assertThat(found.keySet()).containsExactly("b", "a");
        assertThat(cache.getConversationsBatchAsync(List.of("a")).join()).containsOnlyKeys("a");
        assertThat(service.exists("conv:bad")).isTrue();
    }

    @Test
    void setCustomer_fullRecord_comesBackEqualForThreeHours() {
        CustomerData customer = new CustomerData(
                "7",
                "Ana Pérez",
                "ana@example.com",
                41,
                null,
                "consultora",
                Map.of("energía", "alta"),
                Map.of(),
                nullable(),
                Map.of(),
                TIME,
                TIME);
        assertThat(cache.setCustomer("7", customer)).isTrue();
        assertThat(cache.getCustomer("7")).contains(customer);
        assertTtl("cust:7", Duration.ofHours(3));
        cache.setCustomer("7", customer, Duration.ofSeconds(70));
        assertTtl("cust:7", Duration.ofSeconds(70));
        assertThat(cache.getCustomer("8")).isEmpty();
    }

    @Test
    @Tag("services-B-10")
    @DisplayName("B-10: a prediction has two key parts and its own time to live")
    void setPrediction_modelAndHash_isKeptUnderBoth() {
        Map<String, Object> map = Map.of("probability", 0.734, "factors", List.of("price", "urgency"));
        assertThat(cache.setPrediction("conversion", HASH, map)).isTrue();
        assertThat(cache.getPrediction("conversion", HASH)).contains(map);
        assertTtl("pred:conversion:" + HASH, Duration.ofHours(1));
        cache.setPrediction("conversion", HASH, map, Duration.ofSeconds(70));
        assertTtl("pred:conversion:" + HASH, Duration.ofSeconds(70));
    }

    @Test
    void mapKinds_allOfThem_haveTheirKeysAndTimesToLive() {
        Map<String, Object> map = Map.of("n", 1, "t", "ñ");
        assertThat(cache.setTierDetection("crm:77:eu", HASH, map)).isTrue();
        assertThat(cache.getTierDetection("crm:77:eu", HASH)).contains(map);
        assertTtl("tier:crm:77:eu:" + HASH, Duration.ofHours(2));
        assertThat(cache.setRoiCalculation("medic", HASH, map)).isTrue();
        assertThat(cache.getRoiCalculation("medic", HASH)).contains(map);
        assertTtl("roi:medic:" + HASH, Duration.ofHours(2));
        assertThat(cache.setAgentConfig("prompts", map)).isTrue();
        assertThat(cache.getAgentConfig("prompts")).contains(map);
        assertTtl("conf:agent:prompts", Duration.ofHours(6));
        assertThat(cache.setKnowledge("pricing", map)).isTrue();
        assertThat(cache.getKnowledge("pricing")).contains(map);
        assertTtl("know:pricing", Duration.ofDays(3));
        assertThat(cache.setExperimentResult("e", "B", map)).isTrue();
        assertThat(cache.getExperimentResult("e", "B")).contains(map);
        assertTtl("exp:e:B", Duration.ofHours(1));
        assertThat(cache.setCachedEmotionalProfile("7", 6, map)).isTrue();
        assertThat(cache.getCachedEmotionalProfile("7", 6)).contains(map);
        assertTtl("emotional:7:6", Duration.ofMinutes(30));
    }

    @Test
    void mapKinds_withOwnTimeToLive_takeIt() {
        Map<String, Object> map = Map.of("n", 1);
        Duration ttl = Duration.ofSeconds(70);
        cache.setTierDetection("c", HASH, map, ttl);
        cache.setRoiCalculation("p", HASH, map, ttl);
        cache.setAgentConfig("a", map, ttl);
        cache.setKnowledge("k", map, ttl);
        cache.setExperimentResult("e", "v", map, ttl);
        cache.setCachedEmotionalProfile("c", 1, map, ttl);
        cache.setProgramRecommendations(HASH, List.of(map), ttl);
        cache.setCachedPrompt(HASH, "text", "main", ttl);
        for (String key : List.of(
                "tier:c:" + HASH,
                "roi:p:" + HASH,
                "conf:agent:a",
                "know:k",
                "exp:e:v",
                "emotional:c:1",
                "prog:rec:" + HASH,
                "prompt:main:" + HASH)) {
            assertTtl(key, ttl);
        }
        cache.setKnowledge("k", map, Duration.ZERO);
        assertTtl("know:k", Duration.ofDays(3));
    }

    @Test
    void setProgramRecommendations_listOfMaps_comesBackEqual() {
        List<Map<String, Object>> list = List.of(Map.of("program", "PRIME", "score", 0.91), Map.of("score", 1));
        assertThat(cache.setProgramRecommendations(HASH, list)).isTrue();
        assertThat(cache.getProgramRecommendations(HASH)).contains(list);
        assertTtl("prog:rec:" + HASH, Duration.ofHours(4));
    }

    @Test
    void setCachedPrompt_typesAndLargeText_areKeptApart() {
        String text = "sueño ".repeat(20_000);
        assertThat(cache.setCachedPrompt(HASH, text)).isTrue();
        assertThat(cache.setCachedPrompt(HASH, "brief", "short")).isTrue();
        assertThat(cache.getCachedPrompt(HASH)).contains(text);
        assertThat(cache.getCachedPrompt(HASH, "main")).contains(text);
        assertThat(cache.getCachedPrompt(HASH, "short")).contains("brief");
        assertTtl("prompt:main:" + HASH, Duration.ofHours(2));
    }

    @Test
    @Tag("services-B-3")
    @Tag("services-B-5")
    @DisplayName("B-3, B-5: a response keeps its whole map, for an hour")
    void setCachedResponse_fiveFields_comesBackWhole() {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("response", "Hola, ¿cómo te ayudo?");
        response.put("type", "pricing");
        response.put("confidence", 0.5);
        response.put("context", Map.of("budget", "business"));
        response.put("nothing", null);
        assertThat(cache.setCachedResponse(HASH, response, "pricing")).isTrue();
        assertThat(cache.getCachedResponse(HASH, "pricing")).contains(response);
        assertThat(cache.getCachedResponse(HASH)).isEmpty();
        assertTtl("response:pricing:" + HASH, Duration.ofHours(1));
        Map<String, Object> without = Map.of("_cache_metadata", Map.of("cache_level", "computed"));
        assertThat(cache.setCachedResponse(HASH, without)).isTrue();
        assertThat(cache.getCachedResponse(HASH)).contains(without);
        cache.setCachedResponse(HASH, without, "general", Duration.ofSeconds(70));
        assertTtl("response:general:" + HASH, Duration.ofSeconds(70));
        assertThat(service.get("response:general:" + HASH, Map.class)).isEqualTo(without);
    }

    @Test
    @Tag("services-B-4")
    @DisplayName("B-4: a response under its old key is read at every stage")
    void getCachedResponse_underTheLegacyKey_isRead() {
        redis.raw().set("ngx:response:general:" + HASH, "{\"response\": \"old\", \"type\": \"x\"}");
        assertThat(cache.getCachedResponse(HASH)).contains(Map.of("response", "old", "type", "x"));
        cache.setCachedResponse(HASH, Map.of("response", "new"));
        assertThat(cache.getCachedResponse(HASH)).contains(Map.of("response", "new"));
    }

    @Test
    @Tag("services-B-1")
    @Tag("services-B-2")
    @Tag("services-case-28")
    @DisplayName("B-1, B-2, case 28: a metric goes on from its value, and never expires")
    void incrementMetric_existingAndFresh_countsWithoutExpiry() {
        world.service().increment("metr:api:requests", 1500);
        assertThat(cache.incrementMetric("api", "requests")).hasValue(1501);
        assertThat(cache.getMetric("api", "requests")).hasValue(1501);
        assertThat(cache.incrementMetric("api", "fresh", 3)).hasValue(3);
        assertThat(cache.getMetric("api", "none")).hasValue(0);
        assertThat(world.pttl("metr:api:fresh")).isEqualTo(-1);
        assertThat(redis.keys("*metrics:api*").stream().filter(key -> !key.startsWith("cs:metrics:metr:")))
                .isEmpty();
    }

    @Test
    @Tag("services-B-7")
    @DisplayName("B-7: the warm-up report counts keys that are really there")
    void warmCache_emptyStore_reportsWhatItWrote() {
        WarmReport report = cache.warmCache();
        assertThat(report).isEqualTo(new WarmReport(3, 4, 12, 0));
        assertThat(report.total()).isEqualTo(19);
        String pattern = world.consolidated() ? "cs:*" : "ngx:*";
        // the tier's own records are no entries
        assertThat(redis.keys(pattern).stream().filter(key -> !key.startsWith("cs:{!}")))
                .hasSize(19);
        assertThat(cache.getKnowledge("program:PRIME")).isPresent();
        assertThat(cache.getCachedResponse("b26dd018cac0dd997ba96451c63445bc", "pricing"))
                .hasValueSatisfying(response -> assertThat(response).containsEntry("type", "pricing"));
        assertThat(service.clearNamespace().removed()).isEqualTo(19);
        assertThat(cache.preloadCommonResponses()).isEqualTo(12);
        assertThat(cache.clearExpired()).isZero();
    }

    @Test
    @Tag("services-B-11")
    @DisplayName("B-11: statistics have the legacy shape")
    void getCacheStats_afterTraffic_hasTheLegacyFields() {
        cache.incrementMetric("stats", "count:conv", 5);
        Map<String, Object> fields = cache.getCacheStats().toMap();
        assertThat(fields).containsKeys("connected", "hits", "misses", "hit_rate", "ngx_stats", "cache_keys");
        assertThat(cache.getCacheStats().ngxStats()).hasSize(10).containsEntry("conversation_count", 5L);
        assertThat(cache.getCacheStats().cacheKeys()).hasSize(10).contains("customer", "metric");
    }

    @Test
    @Tag("services-B-8")
    @DisplayName("B-8: a closed service is refused at once")
    void constructor_closedService_throws() {
        service.close();
        assertThatThrownBy(() -> new NgxCacheManager(service))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> new NgxCacheManager(null)).isInstanceOf(NullPointerException.class);
    }

    private void assertTtl(String key, Duration expected) {
        assertThat(world.pttl(key)).as(key).isBetween(expected.toMillis() - 10_000, expected.toMillis());
    }

    private static ConversationState conversation(String id) {
        return ConversationState.builder(id)
                .customerId("crm:77:eu")
                .programType(ProgramType.PRIME)
                .phase(ConversationPhase.OBJECTION_HANDLING)
                .addMessage(new Message("m1", Role.USER, "Hola, ¿cuánto cuesta? \uD83D\uDE00", TIME))
                .addMessage(new Message("m2", Role.ASSISTANT, "Desde $79 al mes.", TIME.withNano(120_000_000)))
                .customerData(nullable())
                .experimentAssignments(List.of(Map.of("id", "exp-1", "variant", "B")))
                .sessionStartTime(TIME)
                .maxDurationSeconds(600)
                .tierDetected("pro")
                .tierConfidence(0.81)
                .leadScore(0.72)
                .createdAt(TIME)
                .updatedAt(TIME.withNano(0))
                .build();
    }

    private static Map<String, Object> nullable() {
        Map<String, Object> map = new HashMap<>();
        map.put("known", Set.of("x").iterator().next());
        map.put("unknown", null);
        return map;
    }
}
