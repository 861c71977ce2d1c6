package io.cachemigrator.recipes.services;

import static io.cachemigrator.recipes.services.Sources.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

/** The HTTP cache, the ready answers, and what makes caches. */
@Tag("REC-1")
class ResponseTypesRewriteTest implements RewriteTest {
    private static final String COMPAT = "io.cachemigrator.compat.services.";
    private static final String HTTP = "io.cachemigrator.cache.domain.http.";
    private static final String RESPONSE = "io.cachemigrator.cache.domain.response.";

    @Override
    public void defaults(RecipeSpec spec) {
        Sources.with(spec, new MigrateServices());
    }

    private static String desk(String imports, String type, String name, String statements) {
        return """
                %s

                class Desk {
                    void work(%s %s, java.util.function.Supplier<java.util.concurrent.CompletionStage<String>> fresh) {
                        %s
                    }
                }
                """.formatted(imports, type, name, statements.strip().replace("\n", "\n        "));
    }

    private static String http(String statement, boolean rewritten) {
        String type = rewritten ? "HttpResponseCache" : "HttpCacheService";
        return desk("import " + (rewritten ? HTTP : COMPAT) + type + ";", type, "http", statement);
    }

    private static String answers(String statement, boolean rewritten) {
        String type = rewritten ? "PrecomputedResponses" : "ResponsePrecomputationService";
        return desk("import " + (rewritten ? RESPONSE : COMPAT) + type + ";", type, "answers", statement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "String it = http.get(\"k\", String.class).value();|String it = http.get(\"k\", String.class).value();",
                "var it = http.get(\"k\", String.class, fresh);|var it = http.get(\"k\", String.class, fresh);",
                "boolean it = http.get(\"k\", String.class).isStale();|boolean it = http.get(\"k\", String.class).isStale();",
                "boolean it = http.set(\"k\", 1);|boolean it = http.put(\"k\", 1);",
                "boolean it = http.invalidate(\"k\");|boolean it = http.invalidate(\"k\");",
                "double it = http.getStats().hitRate();|double it = http.statistics().hitRate();",
                "long it = http.getStats().missCount();|long it = http.statistics().misses();",
                "http.responses().invalidateTags(\"x\");|http.invalidateTags(\"x\");",
            })
    void rewrite_theHttpCache_becomesTheResponseCache(String before, String after) {
        rewriteRun(
                spec -> spec.expectedCyclesThatMakeChanges(1).cycles(2), java(http(before, false), http(after, true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int it = http.invalidateByTag(\"x\");",
                "int it = http.invalidateByTags(java.util.List.of(\"x\"));",
                "int it = http.invalidatePattern(\"/a*\");",
                "var it = http.tagIndex();",
                "http.warm(keys -> java.util.Map.of(), java.util.List.of());",
                "http.close();",
                "var it = http.config();",
                "long it = http.getStats().hitCount();",
                "var it = http.getStats().toMap();",
                "var it = http.get(\"k\", String.class, java.util.Map.of());",
            })
    void rewrite_aUseOfTheHttpCacheWithoutReplacement_leavesTheFile(String statement) {
        rewriteRun(java(http(statement, false)));
    }

    @Test
    void rewrite_options_areKeptWhereTheirTimesArePositive() {
        String imports = "import %sHttpCacheOptions;%nimport %sHttpCacheService;".formatted(COMPAT, COMPAT);
        String after = "import %sHttpOptions;%nimport %sHttpResponseCache;".formatted(HTTP, HTTP);
        String set = "http.set(\"k\", 1, HttpCacheOptions.ttl(java.time.Duration.ofSeconds(5)).withTags(\"a\"));";
        String put = "http.put(\"k\", 1, HttpOptions.ttl(java.time.Duration.ofSeconds(5)).withTags(\"a\"));";
        rewriteRun(java(desk(imports, "HttpCacheService", "http", set), desk(after, "HttpResponseCache", "http", put)));
        String zero = "http.set(\"k\", 1, HttpCacheOptions.ttl(java.time.Duration.ZERO));";
        rewriteRun(java(desk(imports, "HttpCacheService", "http", zero)));
        String vary = "http.set(\"k\", 1, HttpCacheOptions.DEFAULTS.withVaryHeaders(java.util.Map.of()));";
        rewriteRun(java(desk(imports, "HttpCacheService", "http", vary)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "String it = answers.getInstantResponse(\"q\", java.util.Map.of()).orElseThrow().text();"
                        + "|String it = answers.find(\"q\", java.util.Map.of()).orElseThrow().text();",
                "boolean it = answers.cacheConversationResponse(\"q\", java.util.Map.of(), java.util.Map.of());"
                        + "|boolean it = answers.learn(\"q\", java.util.Map.of(), java.util.Map.of());",
                "long it = answers.metrics().patternHits();|long it = answers.statistics().patternHits();",
            })
    void rewrite_readyAnswers_becomePrecomputedResponses(String before, String after) {
        rewriteRun(
                spec -> spec.expectedCyclesThatMakeChanges(1).cycles(2),
                java(answers(before, false), answers(after, true)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answers.initializeHotCache();",
                "answers.startBackgroundWarming(null);",
                "var it = answers.getInstantResponse(\"q\", java.util.Map.of()).orElseThrow().fields();",
                "long it = answers.metrics().totalKeys();",
            })
    void rewrite_aUseOfReadyAnswersWithoutReplacement_leavesTheFile(String statement) {
        rewriteRun(java(answers(statement, false)));
    }

    @Test
    void rewrite_constructions_goOverTheNewCaches() {
        rewriteRun(spec -> spec.expectedCyclesThatMakeChanges(1).cycles(2), java("""
                        import io.cachemigrator.compat.services.HttpCacheService;
                        import io.cachemigrator.compat.services.NgxCacheManager;
                        import io.cachemigrator.compat.services.RedisCacheService;
                        import io.cachemigrator.compat.services.ResponsePrecomputationService;

                        class Wiring {
                            HttpCacheService http(RedisCacheService redis) {
                                return new HttpCacheService(redis);
                            }

                            HttpCacheService shared() {
                                return new HttpCacheService();
                            }

                            ResponsePrecomputationService answers(NgxCacheManager manager) {
                                manager.clearNamespace();
                                return new ResponsePrecomputationService(manager);
                            }
                        }
                        """, """
                        import io.cachemigrator.cache.domain.conversation.ConversationCache;
                        import io.cachemigrator.cache.domain.http.HttpResponseCache;
                        import io.cachemigrator.cache.domain.keyed.KeyedCache;
                        import io.cachemigrator.cache.domain.keyed.SharedCache;
                        import io.cachemigrator.cache.domain.response.PrecomputedResponses;

                        class Wiring {
                            HttpResponseCache http(KeyedCache redis) {
                                return new HttpResponseCache(redis);
                            }

                            HttpResponseCache shared() {
                                return new HttpResponseCache(SharedCache.get());
                            }

                            PrecomputedResponses answers(ConversationCache manager) {
                                manager.clear();
                                return new PrecomputedResponses(manager);
                            }
                        }
                        """));
    }

    @Test
    void rewrite_theFactory_becomesTheSharedCache() {
        rewriteRun(java("""
                import io.cachemigrator.compat.services.CacheFactory;

                class Desk {
                    boolean up() {
                        return CacheFactory.instance().isPresent() && CacheFactory.current().isPresent();
                    }

                    void down() {
                        CacheFactory.close();
                    }
                }
                """, """
                import io.cachemigrator.cache.domain.keyed.SharedCache;

                class Desk {
                    boolean up() {
                        return SharedCache.instance().isPresent() && SharedCache.current().isPresent();
                    }

                    void down() {
                        SharedCache.close();
                    }
                }
                """));
    }

    @Test
    void rewrite_whatNothingReplaces_isListedWithItsReason() {
        rewriteRun(
                spec -> spec.dataTable(LegacyCallSites.Row.class, rows -> {
                    assertThat(texts(rows))
                            .contains(
                                    "11 CacheFactory.create REFUSED NO_COUNTERPART",
                                    "12 HttpCacheService.<init> REFUSED NO_COUNTERPART",
                                    "13 CachedFunction REFUSED NO_COUNTERPART");
                    assertThat(rows)
                            .extracting(LegacyCallSites.Row::reason)
                            .anyMatch(reason -> reason.contains("start() it"))
                            .anyMatch(reason -> reason.contains("Give the new cache a policy"))
                            .anyMatch(reason -> reason.contains("getOrLoad"));
                }),
                java("""
                        import io.cachemigrator.compat.services.CacheFactory;
                        import io.cachemigrator.compat.services.CachedFunction;
                        import io.cachemigrator.compat.services.HttpCacheConfig;
                        import io.cachemigrator.compat.services.HttpCacheService;
                        import io.cachemigrator.compat.services.RedisCacheService;
                        import java.time.Duration;

                        class Desk {
                            void work(java.util.concurrent.Executor executor) {
                                HttpCacheConfig config = HttpCacheConfig.DEFAULTS;
                                RedisCacheService redis = CacheFactory.create();
                                HttpCacheService http = new HttpCacheService(redis, config, executor);
                                CachedFunction<String> greet =
                                        CachedFunction.cached(redis, "p", Duration.ZERO, String.class, names -> "hello");
                            }
                        }
                        """));
    }
}
