package io.cachemigrator.cache.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-14")
class ConversationCacheTest {
    private CacheService service;
    private ConversationCache cache;

    @BeforeEach
    void open() {
        service = CacheService.open(CacheConfig.builder().build());
        cache = new ConversationCache(service);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void setConversation_builtAndChanged_comesBackEqual() {
        ConversationState state =
                ConversationState.builder("42").customerId("7").build();
        assertThat(cache.setConversation("42", state)).isTrue();
        ConversationState changed = cache.getConversation("42").orElseThrow().toBuilder()
                .phase(ConversationPhase.CLOSING)
                .nextStepsAgreed(true)
                .build();
        cache.setConversation("42", changed, Duration.ofMinutes(1));
        assertThat(cache.getConversation("42")).contains(changed);
        assertThat(changed.toBuilder().build()).isEqualTo(changed);
        assertThat(cache.deleteConversation("42")).isTrue();
    }

    @Test
    @Tag("services-E-21")
    @DisplayName("E-21: a state that is not understood stays, and is told from an absent one")
    void lookupConversation_unknownPhase_isUndecodableAndStays() {
        cache.keys().set("conv:bad", Map.of("id", "bad", "phase", "nonsense"));
        assertThat(cache.lookupConversation("bad")).isInstanceOf(Lookup.Undecodable.class);
        assertThat(cache.lookupConversation("none")).isInstanceOf(Lookup.Absent.class);
        assertThat(cache.keys().exists("conv:bad")).isTrue();
        assertThat(cache.getConversationsBatch(List.of("bad", "none"))).isEmpty();
    }

    @Test
    void metrics_freshSpoiltAndUnavailable_areToldApart() {
        assertThat(cache.getMetric("api", "none")).hasValue(0);
        assertThat(cache.incrementMetric("api", "n")).hasValue(1);
        cache.keys().set("metr:api:spoilt", "text");
        assertThat(cache.getMetric("api", "spoilt")).isEmpty();
        assertThat(cache.incrementMetric("api", "spoilt")).isEmpty();
        try (KeyedCache down = KeyedCache.open("redis://127.0.0.1:1")) {
            assertThat(new ConversationCache(down).getMetric("api", "n")).isEmpty();
        }
    }

    @Test
    void warmCache_storeDown_reportsFailuresAndNoSuccess() {
        try (KeyedCache down = KeyedCache.open("redis://127.0.0.1:1")) {
            WarmReport report = new ConversationCache(down).warmCache();
            assertThat(report).isEqualTo(new WarmReport(0, 0, 0, 19));
            assertThat(report.total()).isZero();
        }
    }

    @Test
    void cacheStats_countedKinds_areThere() {
        cache.incrementMetric("stats", "count:cust", 3);
        assertThat(cache.cacheStats().counts()).hasSize(10).containsEntry("customer_count", 3L);
        assertThat(cache.cacheStats().keys().hits()).isZero();
    }

    @Test
    void setCustomer_negativeTtl_isAnArgumentError() {
        CustomerData customer = CustomerData.of("7", "Ana", "ana@example.com");
        assertThatThrownBy(() -> cache.setCustomer("7", customer, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(cache.setCustomer("7", customer)).isTrue();
        assertThat(cache.getCustomer("7")).contains(customer);
    }

    @Test
    void messageAndCustomer_outOfLimits_areRefused() {
        LocalDateTime now = LocalDateTime.parse("2025-08-03T10:15:30");
        assertThatThrownBy(() -> new Message("m", Message.Role.USER, "x".repeat(4_001), now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4000");
        assertThat(new Message("m", Message.Role.ASSISTANT, "\uD83D\uDE00".repeat(10_000), now).content())
                .hasSize(20_000);
        CustomerData adult = CustomerData.of("7", "Ana", "ana@example.com");
        assertThatThrownBy(() -> new CustomerData(
                        "7", "Ana", adult.email(), 17, null, null, Map.of(), Map.of(), Map.of(), Map.of(), null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void conversationState_onlyOneId_mirrorsIt() {
        cache.keys().set("conv:a", Map.of("conversation_id", "a"));
        ConversationState state = cache.getConversation("a").orElseThrow();
        assertThat(state.id()).isEqualTo("a");
        assertThat(state.phase()).isEqualTo(ConversationPhase.GREETING);
        assertThat(state.messages()).isEmpty();
    }

    @Test
    void conversationState_collections_cannotBeChanged() {
        ConversationState state = ConversationState.builder("42").build();
        assertThatThrownBy(() -> state.context().put("k", "v")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> state.messages().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
