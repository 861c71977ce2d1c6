package io.cachemigrator.recipes.services;

import static io.cachemigrator.recipes.services.Sources.texts;
import static io.cachemigrator.recipes.services.Sources.using;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.DocumentExample;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

@Tag("REC-1")
class MigrateServicesTest implements RewriteTest {
    private static final String OLD = "import io.cachemigrator.compat.services.RedisCacheService;";
    private static final String NEW = "import io.cachemigrator.cache.domain.keyed.KeyedCache;";

    @Override
    public void defaults(RecipeSpec spec) {
        Sources.with(spec, new MigrateServices());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis.start();",
                "String it = redis.get(\"k\", String.class);",
                "String it = redis.get(\"k\", String.class, \"other\");",
                "var it = redis.lookup(\"k\", String.class);",
                "redis.set(\"k\", 1);",
                "redis.set(\"k\", 1, java.time.Duration.ZERO);",
                "redis.delete(\"k\");",
                "redis.exists(\"k\");",
                "redis.expire(\"k\", java.time.Duration.ofDays(1));",
                "redis.getMany(keys, String.class).size();",
                "redis.setMany(java.util.Map.of(\"k\", 1));",
                "redis.setMany(java.util.Map.of(\"k\", 1), java.time.Duration.ofDays(1));",
                "redis.increment(\"k\");",
                "redis.increment(\"k\", 2);",
                "redis.decrement(\"k\");",
                "redis.decrement(\"k\", 2);",
                "redis.getAsync(\"k\", String.class).join();",
                "redis.setAsync(\"k\", 1).join();",
                "redis.setAsync(\"k\", 1, java.time.Duration.ofDays(1)).join();",
                "redis.deleteAsync(\"k\").join();",
                "redis.getManyAsync(keys, String.class).join();",
                "redis.setManyAsync(java.util.Map.of(\"k\", 1), java.time.Duration.ofDays(1)).join();",
                "redis.incrementAsync(\"k\", 2).join();",
                "redis.close();",
                "keys.forEach(redis::delete);"
            })
    void rewrite_aCallOfTheSameName_changesOnlyTheType(String statement) {
        rewriteRun(java(using(OLD, "RedisCacheService", statement), using(NEW, "KeyedCache", statement)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "long it = redis.clearNamespace().removed();|long it = redis.clear().removed();",
                "java.util.function.Supplier<?> it = redis::clearNamespace;|java.util.function.Supplier<?> it = redis::clear;",
                "long it = redis.getStats().hits();|long it = redis.statistics().hits();",
                "var it = redis.getStats().misses() + redis.getStats().errors();|var it = redis.statistics().misses() + redis.statistics().errors();",
                "var it = redis.getStats().decodeErrors();|var it = redis.statistics().decodeErrors();",
                "var it = redis.getStats().totalRequests();|var it = redis.statistics().totalRequests();",
                "double it = redis.getStats().hitRate();|double it = redis.statistics().hitRate();",
                "boolean it = redis.healthCheck().isHealthy();|boolean it = redis.health().isHealthy();",
                "redis.keyed().start();|redis.start();",
                "redis /* by hand */ .clearNamespace();|redis /* by hand */ .clear();",
            })
    void rewrite_aRenamedCall_getsItsNewName(String before, String after) {
        rewriteRun(java(using(OLD, "RedisCacheService", before), using(NEW, "KeyedCache", after)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "new RedisCacheService()|KeyedCache.open()",
                "new RedisCacheService(\"redis://a\")|KeyedCache.open(\"redis://a\")",
                "new RedisCacheService(null, 4, true, \"ngx\", java.time.Duration.ZERO)|KeyedCache.open(null, 4, \"ngx\", java.time.Duration.ZERO)",
                "new RedisCacheService(null, 4, keys == null ? null : flag, \"ngx\", java.time.Duration.ZERO)|-",
            })
    void rewrite_aConstruction_opensACacheUnlessAnArgumentThatIsDroppedDoesSomething(String before, String after) {
        String local = "Boolean flag = true;\nredis = %s;";
        String old = using(OLD, "RedisCacheService", local.formatted(before));
        if (after.equals("-")) {
            rewriteRun(java(old));
        } else {
            rewriteRun(java(old, using(NEW, "KeyedCache", local.formatted(after))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var it = redis.getStats().toMap();",
                "var it = redis.getStats().connected();",
                "var it = redis.getStats().circuitBreakerOpen();",
                "var it = redis.getStats().failureCount();",
                "var it = redis.getStats().rejectedCalls();",
                "var it = redis.healthCheck().status();",
                "var it = redis.healthCheck().latency();",
                "var it = redis.healthCheck().toMap();",
                "Object it = RedisCacheService.class;",
                "Object it = keys;\nredis = (RedisCacheService) it;",
                "Object it = keys;\nboolean is = it instanceof RedisCacheService;",
                "redis = new RedisCacheService(\"a\") {};",
            })
    void rewrite_aUseWithoutReplacement_leavesTheFile(String statement) {
        rewriteRun(java(using(OLD, "RedisCacheService", statement)));
    }

    @Test
    void rewrite_aCallTwice_changesNothingMore() {
        rewriteRun(
                spec -> spec.expectedCyclesThatMakeChanges(1).cycles(3),
                java(
                        using(OLD, "RedisCacheService", "redis.clearNamespace();"),
                        using(NEW, "KeyedCache", "redis.clear();")));
    }

    @Test
    void rewrite_theNewApi_changesNothing() {
        rewriteRun(java(using(NEW, "KeyedCache", "redis.clear();")));
    }

    @Test
    void rewrite_someoneElsesClassOfTheSameName_changesNothing() {
        rewriteRun(
                java("package other; public class RedisCacheService { public void clearNamespace() {} }"),
                java(using("import other.RedisCacheService;", "RedisCacheService", "redis.clearNamespace();")));
    }

    @DocumentExample
    @Test
    void rewrite_theSharedInstance_losesItsStaticImport() {
        rewriteRun(java("""
                import static io.cachemigrator.compat.services.LegacyCaches.closeRedis;
                import static io.cachemigrator.compat.services.LegacyCaches.redis;

                import io.cachemigrator.compat.services.NgxCacheManager;
                import java.util.List;

                class Desk {
                    NgxCacheManager conversations = new NgxCacheManager();

                    List<String> work() {
                        redis().start();
                        closeRedis();
                        return List.of();
                    }
                }
                """, """
                import io.cachemigrator.cache.domain.conversation.ConversationCache;
                import io.cachemigrator.cache.domain.keyed.SharedCache;
                import java.util.List;

                class Desk {
                    ConversationCache conversations = new ConversationCache(SharedCache.get());

                    List<String> work() {
                        SharedCache.get().start();
                        SharedCache.close();
                        return List.of();
                    }
                }
                """));
    }

    @Test
    void rewrite_theStatisticsOfConversations_haveTheirNewNames() {
        rewriteRun(java("""
                import io.cachemigrator.compat.services.NgxCacheManager;
                import io.cachemigrator.compat.services.NgxCacheStats;
                import io.cachemigrator.compat.services.RedisCacheService;

                class Desk {
                    long work(RedisCacheService redis) {
                        NgxCacheManager manager = new NgxCacheManager(redis);
                        NgxCacheStats stats = manager.getCacheStats();
                        manager.conversations().warmCache();
                        return stats.ngxStats().size() + stats.cacheKeys().size() + stats.redis().hits();
                    }
                }
                """, """
                import io.cachemigrator.cache.domain.conversation.ConversationCache;
                import io.cachemigrator.cache.domain.conversation.ConversationStatistics;
                import io.cachemigrator.cache.domain.keyed.KeyedCache;

                class Desk {
                    long work(KeyedCache redis) {
                        ConversationCache manager = new ConversationCache(redis);
                        ConversationStatistics stats = manager.cacheStats();
                        manager.warmCache();
                        return stats.counts().size() + stats.cacheKeys().size() + stats.keys().hits();
                    }
                }
                """));
    }

    @Test
    void rewrite_aSubclass_staysAndSoDoesWhoGivesItsValues() {
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .containsExactlyInAnyOrder(
                                        "3 RedisCacheService REFUSED INHERITANCE",
                                        "4 RedisCacheService.clearNamespace REFUSED SHARED_WITH_REFUSED")),
                java("""
                        import io.cachemigrator.compat.services.RedisCacheService;

                        class Audited extends RedisCacheService {
                            void empty() { clearNamespace(); }
                        }
                        """));
    }

    @Test
    void rewrite_aFileThatGivesToOneThatStays_staysAndHandsTheNewCacheToTheOthers() {
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .contains(
                                        "4 RedisCacheService.<init> REFUSED SHARED_WITH_REFUSED",
                                        "5 RedisCacheService ADAPTED BRIDGED",
                                        "3 RedisCacheService REWRITTEN",
                                        "5 RedisStats.toMap REFUSED NO_COUNTERPART")),
                java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        class App {
                            void run(boolean one) {
                                RedisCacheService redis = new RedisCacheService();
                                new Store(one ? redis : null).work();
                                new Dashboard(redis).work();
                            }
                        }
                        """, """
                        import io.cachemigrator.compat.services.RedisCacheService;
                        class App {
                            void run(boolean one) {
                                RedisCacheService redis = new RedisCacheService();
                                new Store((one ? redis : null).keyed()).work();
                                new Dashboard(redis).work();
                            }
                        }
                        """),
                java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        class Store {
                            Store(RedisCacheService redis) {}
                            void work() {}
                        }
                        """, """
                        import io.cachemigrator.cache.domain.keyed.KeyedCache;
                        class Store {
                            Store(KeyedCache redis) {}
                            void work() {}
                        }
                        """),
                java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        class Dashboard {
                            final RedisCacheService redis;
                            Dashboard(RedisCacheService redis) { this.redis = redis; }
                            Object work() { return redis.getStats().toMap(); }
                        }
                        """));
    }

    @Test
    void rewrite_aFileThatTakesFromOneThatStays_asksForTheNewCache() {
        rewriteRun(java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        public class Holder {
                            protected final RedisCacheService redis = new RedisCacheService();
                            public RedisCacheService redis() { return redis; }
                            Object numbers() { return redis.healthCheck().toMap(); }
                        }
                        """), java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        class Reader extends Holder {
                            RedisCacheService mine = redis();
                            void work(Holder holder) {
                                RedisCacheService other = holder.redis();
                                holder.redis().clearNamespace();
                                redis.start();
                                holder.redis.close();
                            }
                        }
                        """, """
                        import io.cachemigrator.cache.domain.keyed.KeyedCache;
                        class Reader extends Holder {
                            KeyedCache mine = redis().keyed();
                            void work(Holder holder) {
                                KeyedCache other = holder.redis().keyed();
                                holder.redis().keyed().clear();
                                redis.keyed().start();
                                holder.redis.keyed().close();
                            }
                        }
                        """));
    }

    @Test
    void rewrite_typeArgumentsSharedWithAFileThatStays_stayToo() {
        rewriteRun(java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        import java.util.function.Supplier;
                        class Dashboard {
                            Object work(Supplier<RedisCacheService> source) { return source.get().getStats().toMap(); }
                        }
                        """), java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        class App {
                            Object work(RedisCacheService redis) { return new Dashboard().work(() -> redis); }
                        }
                        """));
    }

    @Test
    void rewrite_beansOfAContainer_areRewrittenTogetherOrNotAtAll() {
        String annotation = "package beans; public @interface Component {}";
        rewriteRun(java(annotation), java("""
                        import beans.Component;
                        import io.cachemigrator.compat.services.RedisCacheService;
                        @Component
                        class Maker {
                            RedisCacheService made(Object it) { return (RedisCacheService) it; }
                        }
                        """), java("""
                        import beans.Component;
                        import io.cachemigrator.compat.services.RedisCacheService;
                        @Component
                        class User {
                            User(RedisCacheService redis) { redis.start(); }
                        }
                        """));
    }

    @Test
    void rewrite_aRefusedUse_isMarkedOnceWhenTheRunAsks() {
        rewriteRun(
                spec -> spec.recipe(new MigrateServices(true))
                        .expectedCyclesThatMakeChanges(1)
                        .cycles(2),
                java("""
                        import io.cachemigrator.compat.services.RedisCacheService;

                        class Dashboard {
                            Object work(RedisCacheService redis) {
                                // the old names
                                return redis.getStats().toMap();
                            }
                        }
                        """, """
                        import io.cachemigrator.compat.services.RedisCacheService;

                        class Dashboard {
                            // cache-migrator: SHARED_WITH_REFUSED RedisCacheService
                            Object work(RedisCacheService redis) {
                                // the old names
                                // cache-migrator: NO_COUNTERPART RedisStats.toMap
                                // cache-migrator: SHARED_WITH_REFUSED RedisCacheService.getStats
                                return redis.getStats().toMap();
                            }
                        }
                        """));
    }

    @Test
    void rewrite_aSubclassHandedToAFile_keepsThatFileLegacyBecauseTheOverrideWouldBeLost() {
        rewriteRun(java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        class Audited extends RedisCacheService {
                            @Override public boolean delete(String key) { return false; }
                        }
                        """), java("class App { Store store = new Store(new Audited()); }"), java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        class Store {
                            Store(RedisCacheService redis) { redis.delete("k"); }
                        }
                        """));
    }

    @Test
    void rewrite_aMockHandedToAFile_keepsThatFileLegacy() {
        rewriteRun(java("package mocks; public @interface Mock {}"), java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        import mocks.Mock;
                        class StoreTest {
                            @Mock RedisCacheService redis;
                            void test() { new Store(redis); }
                        }
                        """), java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        class Store {
                            Store(RedisCacheService redis) { redis.delete("k"); }
                        }
                        """));
    }

    @Test
    void rewrite_aValueHandedOnAsAnObject_staysWhereSomebodyCastsIt() {
        String maker = """
                import io.cachemigrator.compat.services.RedisCacheService;
                class Maker {
                    void make(java.util.Map<String, Object> attributes) {
                        attributes.put("cache", new RedisCacheService());
                    }
                }
                """;
        rewriteRun(java(maker), java("""
                        import io.cachemigrator.compat.services.RedisCacheService;
                        class Taker {
                            void take(java.util.Map<String, Object> attributes) {
                                ((RedisCacheService) attributes.get("cache")).start();
                            }
                        }
                        """));
        rewriteRun(java(
                maker,
                maker.replace("compat.services.RedisCacheService", "cache.domain.keyed.KeyedCache")
                        .replace("new RedisCacheService", "KeyedCache.open")));
    }

    @Test
    void rewrite_documentation_namesTheNewMethods() {
        String before = """
                %s
                /** Calls {@link RedisCacheService#clearNamespace()} of a {@link RedisCacheService}. */
                class Desk {
                    /** @see RedisCacheService#getStats() */
                    void work(RedisCacheService redis) {
                        redis.clearNamespace();
                    }
                }
                """;
        rewriteRun(java(
                before.formatted(OLD),
                before.formatted(NEW)
                        .replace("RedisCacheService", "KeyedCache")
                        .replace("clearNamespace", "clear")
                        .replace("getStats", "statistics")));
    }
}
