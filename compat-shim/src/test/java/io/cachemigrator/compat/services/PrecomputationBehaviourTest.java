package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.domain.conversation.ConversationCache;
import io.cachemigrator.cache.domain.response.ResponsePattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("SVC-14")
@SuppressWarnings("removal") // the legacy classes are what is tested
class PrecomputationBehaviourTest extends Behaviour {
    private static final Map<String, Object> NOBODY = Map.of();

    private ResponsePrecomputationService responses(Setting setting) {
        return new ResponsePrecomputationService(manager(setting));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-39")
    @Tag("services-D-1")
    @DisplayName("private exchanges are never kept; whole words count")
    void cacheConversationResponse_private_isNotKept(Setting setting) {
        ResponsePrecomputationService responses = responses(setting);
        Map<String, String> answer = Map.of("response", "It is reset by mail");
        assertThat(responses.cacheConversationResponse("what is my password for this", answer, NOBODY))
                .isFalse();
        assertThat(responses.cacheConversationResponse(
                        "what is the price of all this", Map.of("response", "on your card"), NOBODY))
                .isFalse();
        assertThat(responses.cacheConversationResponse(
                        "cuanto cuesta todo esto hoy", answer, Map.of("has_personal_data", true)))
                .isFalse();
        assertThat(responses.metrics().totalKeys()).isZero();
        assertThat(responses.cacheConversationResponse("un plan personalizado y su precio", answer, NOBODY))
                .isTrue();
        assertThat(responses.metrics().refused()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-40")
    @Tag("services-D-2")
    @DisplayName("an answer to one question of a kind answers others of that kind")
    void getInstantResponse_sameKind_isFoundByThePattern(Setting setting) {
        ResponsePrecomputationService responses = responses(setting);
        Map<String, Object> answer = Map.of("response", "Thirty days", "days", 30);
        assertThat(responses.cacheConversationResponse("hay garantia en esto", answer, NOBODY))
                .isTrue();
        Optional<InstantResponse> found = responses.getInstantResponse("y la garantia cual seria?", NOBODY);
        assertThat(found).isPresent();
        assertThat(found.get().text()).isEqualTo("Thirty days");
        assertThat(found.get().type()).isEqualTo("guarantee_response");
        assertThat(found.get().fields())
                .containsEntry("days", 30)
                .containsEntry("from_cache", true)
                .containsEntry("cache_type", "instant")
                .containsKey("timestamp");
        assertThat(responses.metrics().patternHits()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-41")
    @Tag("services-D-5")
    @Tag("services-D-6")
    @DisplayName("what the manager preloads is found by the question, whatever its case and space")
    void getInstantResponse_preloaded_isFound(Setting setting) {
        NgxCacheManager manager = manager(setting);
        ResponsePrecomputationService responses = new ResponsePrecomputationService(manager);
        assertThat(responses.getInstantResponse("Precio ", NOBODY)).isEmpty();
        assertThat(manager.preloadCommonResponses()).isEqualTo(12);
        assertThat(responses.getInstantResponse("Precio ", NOBODY)).isPresent();
        assertThat(responses.metrics().questionHits()).isEqualTo(1);
        assertThat(responses.metrics().hitRate()).isEqualTo(0.5);
        List<String> questions = preloaded();
        assertThat(questions)
                .hasSize(12)
                .allSatisfy(question -> assertThat(
                                responses.getInstantResponse(" " + question.toUpperCase(Locale.ROOT), NOBODY))
                        .isPresent());
        assertThat(responses.metrics().questionHits()).isEqualTo(13);
    }

    private static List<String> preloaded() {
        List<String> questions = new ArrayList<>();
        try (InputStream in = ConversationCache.class.getResourceAsStream("common-content.json")) {
            new ObjectMapper().readTree(in).get("responses").fieldNames().forEachRemaining(questions::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return questions;
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-case-42")
    @Tag("services-D-4")
    @Tag("services-D-7")
    @DisplayName("the name is put in, and other braces are left alone")
    void getInstantResponse_withAName_isPersonal(Setting setting) {
        ResponsePrecomputationService responses = responses(setting);
        responses.cacheConversationResponse(
                "cual es el precio hoy", Map.of("response", "Hola {name}, use {codigo}"), NOBODY);
        responses.cacheConversationResponse("que descuento hay ahora", Map.of("response", "Diez por ciento"), NOBODY);
        Map<String, String> ana = Map.of("customer_name", "Ana");
        assertThat(responses
                        .getInstantResponse("cual es el precio hoy", ana)
                        .orElseThrow()
                        .text())
                .isEqualTo("Hola Ana, use {codigo}");
        assertThat(responses
                        .getInstantResponse("que descuento hay ahora", ana)
                        .orElseThrow()
                        .text())
                .isEqualTo("Ana, Diez por ciento");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @Tag("services-D-3")
    @Tag("services-D-6")
    @DisplayName("the hot cache reports what is there, and each of its answers is found")
    void initializeHotCache_report_countsReachableKeys(Setting setting) {
        ResponsePrecomputationService responses = responses(setting);
        HotCacheReport report = responses.initializeHotCache();
        assertThat(report).isEqualTo(new HotCacheReport(5, 6, 6, 5, 0));
        assertThat(responses.metrics().totalKeys()).isEqualTo(report.total());
        List<String> silent = new ArrayList<>();
        for (ResponsePattern pattern : ResponsePattern.conversation()) {
            if (responses.getInstantResponse(pattern.triggers().get(0), NOBODY).isEmpty()) {
                silent.add(pattern.type());
            }
        }
        assertThat(silent)
                .as("kinds without a built-in answer")
                .containsExactly("discount_response", "success_stories", "comparison_response");
        assertThat(responses
                        .getInstantResponse("precio", Map.of("tier", "elite"))
                        .orElseThrow()
                        .text())
                .contains("elite");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    @DisplayName("answers that are warmed every hour come back after they expired")
    void startBackgroundWarming_everyHour_storesAgain(Setting setting) {
        ResponsePrecomputationService responses = responses(setting);
        List<Runnable> tasks = new ArrayList<>();
        List<Duration> delays = new ArrayList<>();
        try (ClosingScheduler scheduler = new ClosingScheduler() {
            @Override
            public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
                tasks.add(task);
                delays.add(Duration.of(delay, unit.toChronoUnit()));
                return super.scheduleWithFixedDelay(task, first, delay, unit);
            }
        }) {
            ScheduledFuture<?> warming = responses.startBackgroundWarming(scheduler);
            assertThat(delays).containsExactly(Duration.ofMinutes(5));
            tasks.get(0).run();
            assertThat(responses.metrics().totalKeys()).as("not yet").isZero();
            clock.pass(Duration.ofMinutes(61));
            tasks.get(0).run();
            assertThat(responses.metrics().totalKeys()).isEqualTo(22);
            new NgxCacheManager(service).clearNamespace();
            tasks.get(0).run();
            assertThat(responses.metrics().totalKeys())
                    .as("warmed a moment ago")
                    .isZero();
            assertThat(warming.cancel(false)).isTrue();
        }
    }

    /** Closed at the end of a block. */
    private static class ClosingScheduler extends ScheduledThreadPoolExecutor implements AutoCloseable {
        ClosingScheduler() {
            super(1);
        }

        @Override
        public void close() {
            shutdownNow();
        }
    }
}
