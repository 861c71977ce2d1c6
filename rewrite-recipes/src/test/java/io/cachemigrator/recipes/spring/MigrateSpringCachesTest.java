package io.cachemigrator.recipes.spring;

import static io.cachemigrator.recipes.spring.SpringApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.exchange.CompiledSources;
import io.cachemigrator.recipes.services.LegacyCallSites;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

@Tag("REC-1")
@Tag("REC-3")
class MigrateSpringCachesTest implements RewriteTest {
    @Override
    public void defaults(RecipeSpec spec) {
        SpringApi.with(spec, new MigrateSpringCaches());
    }

    @Test
    void rewrite_aManagerOfMaps_leavesAnnotationsAsTheyAre() {
        String before = """
                package shop;

                import org.springframework.cache.Cache;
                import org.springframework.cache.CacheManager;
                import org.springframework.cache.annotation.Cacheable;
                import org.springframework.cache.annotation.EnableCaching;
                import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
                import org.springframework.context.annotation.Bean;
                import org.springframework.context.annotation.Configuration;

                @Configuration
                @EnableCaching
                class Caching {
                    @Bean
                    CacheManager cacheManager() {
                        ConcurrentMapCacheManager manager = new ConcurrentMapCacheManager("names");
                        manager.setAllowNullValues(false);
                        return manager;
                    }

                    @Cacheable("names")
                    public String name(Cache cache, long id) {
                        return cache.get(id, String.class);
                    }
                }
                """;
        String after = """
                package shop;

                import io.cachemigrator.cache.spring.ConsolidatedCacheManager;
                import org.springframework.cache.Cache;
                import org.springframework.cache.CacheManager;
                import org.springframework.cache.annotation.Cacheable;
                import org.springframework.cache.annotation.EnableCaching;
                import org.springframework.context.annotation.Bean;
                import org.springframework.context.annotation.Configuration;

                @Configuration
                @EnableCaching
                class Caching {
                    @Bean
                    CacheManager cacheManager() {
                        ConsolidatedCacheManager manager = new ConsolidatedCacheManager("names");
                        manager.setAllowNullValues(false);
                        return manager;
                    }

                    @Cacheable("names")
                    public String name(Cache cache, long id) {
                        return cache.get(id, String.class);
                    }
                }
                """;
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .containsExactly(
                                        "16 ConcurrentMapCacheManager REWRITTEN",
                                        "16 ConcurrentMapCacheManager.<init> REWRITTEN",
                                        "17 ConcurrentMapCacheManager.setAllowNullValues REWRITTEN")),
                java(before, after));
        CompiledSources.check(SpringApi.classpath(), after);
    }

    @Test
    void rewrite_aManagerOfCaffeine_takesItsBuilderAlong() {
        String before = """
                import com.github.benmanes.caffeine.cache.Caffeine;
                import java.time.Duration;
                import java.util.concurrent.TimeUnit;
                import org.springframework.cache.caffeine.CaffeineCacheManager;

                class Caching {
                    CaffeineCacheManager small() {
                        CaffeineCacheManager manager = new CaffeineCacheManager();
                        manager.setCaffeine(Caffeine.newBuilder()
                                .maximumSize(500)
                                .expireAfterWrite(10, TimeUnit.MINUTES));
                        return manager;
                    }

                    CaffeineCacheManager large() {
                        CaffeineCacheManager manager = new CaffeineCacheManager("a", "b");
                        manager.setCacheSpecification("maximumSize=50000, expireAfterAccess=1h");
                        manager.setCaffeine(Caffeine.newBuilder().weakKeys().expireAfterAccess(Duration.ofHours(1)));
                        return manager;
                    }
                }
                """;
        String after = """
                import io.cachemigrator.cache.local.LocalCacheBuilder;
                import io.cachemigrator.cache.spring.ConsolidatedCacheManager;
                import java.time.Duration;
                import java.util.concurrent.TimeUnit;

                class Caching {
                    ConsolidatedCacheManager small() {
                        ConsolidatedCacheManager manager = new ConsolidatedCacheManager();
                        manager.setCacheBuilder(LocalCacheBuilder.newBuilder()
                                .maximumSize(500)
                                .expireAfterWrite(10, TimeUnit.MINUTES));
                        return manager;
                    }

                    ConsolidatedCacheManager large() {
                        ConsolidatedCacheManager manager = new ConsolidatedCacheManager("a", "b");
                        manager.setCacheSpecification("maximumSize=50000, expireAfterAccess=1h");
                        manager.setCacheBuilder(LocalCacheBuilder.newBuilder().weakKeys().expireAfterAccess(Duration.ofHours(1)));
                        return manager;
                    }
                }
                """;
        rewriteRun(java(before, after));
        CompiledSources.check(SpringApi.classpath(), after);
    }

    @Test
    void rewrite_namesInFull_staysInFull() {
        String before = """
                class Caching {
                    void it(org.springframework.cache.caffeine.CaffeineCacheManager manager) {
                        manager.setCaffeine(com.github.benmanes.caffeine.cache.Caffeine.newBuilder().softValues());
                    }
                }
                """;
        String after = """
                class Caching {
                    void it(io.cachemigrator.cache.spring.ConsolidatedCacheManager manager) {
                        manager.setCacheBuilder(io.cachemigrator.cache.local.LocalCacheBuilder.newBuilder().softValues());
                    }
                }
                """;
        rewriteRun(java(before, after));
        CompiledSources.check(SpringApi.classpath(), after);
    }

    @Test
    void rewrite_aManagerThatIsGivenCaches_changesTheCachesOnly() {
        String before = """
                import java.util.List;
                import org.springframework.cache.concurrent.ConcurrentMapCache;
                import org.springframework.cache.support.SimpleCacheManager;

                class Caching {
                    SimpleCacheManager manager() {
                        SimpleCacheManager manager = new SimpleCacheManager();
                        manager.setCaches(List.of(new ConcurrentMapCache("a"), new ConcurrentMapCache("b", false)));
                        return manager;
                    }
                }
                """;
        String after = """
                import io.cachemigrator.cache.spring.InMemoryCache;
                import java.util.List;
                import org.springframework.cache.support.SimpleCacheManager;

                class Caching {
                    SimpleCacheManager manager() {
                        SimpleCacheManager manager = new SimpleCacheManager();
                        manager.setCaches(List.of(new InMemoryCache("a"), new InMemoryCache("b", false)));
                        return manager;
                    }
                }
                """;
        rewriteRun(java(before, after));
        CompiledSources.check(SpringApi.classpath(), after);
    }

    /**
     * A case.
     *
     * @param members of a class that begins on line 10
     * @param row the row that tells why
     */
    record Case(String members, String row) {
        @Override
        public String toString() {
            return members;
        }
    }

    static List<Case> refused() {
        return List.of(
                new Case(
                        "void it(ConcurrentMapCacheManager m) { m.setStoreByValue(true); }",
                        "10 ConcurrentMapCacheManager.setStoreByValue REFUSED STORE_BY_VALUE"),
                new Case(
                        "void it(ConcurrentMapCacheManager m) { m.removeCache(\"a\"); }",
                        "10 ConcurrentMapCacheManager.removeCache REFUSED NO_COUNTERPART"),
                new Case(
                        "Object o = new ConcurrentMapCache(\"a\", new java.util.concurrent.ConcurrentHashMap<>(), true);",
                        "10 ConcurrentMapCache.<init> REFUSED OWN_MAP"),
                new Case(
                        "Object o = new ConcurrentMapCache(\"a\").getNativeCache();",
                        "10 ConcurrentMapCache.getNativeCache REFUSED NATIVE_CACHE"),
                new Case(
                        "void it(CaffeineCacheManager m, Caffeine<Object, Object> c) { m.setCaffeine(c); }",
                        "10 CaffeineCacheManager.setCaffeine REFUSED CAFFEINE_BUILDER"),
                new Case(
                        "void it(CaffeineCacheManager m) { m.setCaffeine(Caffeine.newBuilder().recordStats()); }",
                        "10 CaffeineCacheManager.setCaffeine REFUSED STATISTICS"),
                new Case(
                        "void it(CaffeineCacheManager m) { m.setCaffeine(Caffeine.newBuilder().executor(Runnable::run)); }",
                        "10 CaffeineCacheManager.setCaffeine REFUSED CAFFEINE_BUILDER"),
                new Case(
                        "void it(CaffeineCacheManager m, String s) { m.setCacheSpecification(s); }",
                        "10 CaffeineCacheManager.setCacheSpecification REFUSED CAFFEINE_SPEC"),
                new Case(
                        "void it(CaffeineCacheManager m) { m.setCacheSpecification(\"expireAfterWrite=PT5M\"); }",
                        "10 CaffeineCacheManager.setCacheSpecification REFUSED CAFFEINE_SPEC"),
                new Case(
                        "void it(CaffeineCacheManager m) { m.setAsyncCacheMode(true); }",
                        "10 CaffeineCacheManager.setAsyncCacheMode REFUSED CAFFEINE_CACHE"),
                new Case(
                        "Object o = new CaffeineCache(\"a\", Caffeine.newBuilder().build());",
                        "10 CaffeineCache.<init> REFUSED CAFFEINE_CACHE"),
                new Case(
                        "static class Own extends ConcurrentMapCacheManager {}",
                        "10 ConcurrentMapCacheManager REFUSED CACHE_SUBCLASS"),
                new Case("RedisCacheManager manager;", "10 RedisCacheManager REFUSED REDIS_CACHE"),
                new Case(
                        "Object o = RedisCacheConfiguration.defaultCacheConfig();",
                        "10 RedisCacheConfiguration.defaultCacheConfig REFUSED REDIS_CACHE"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuse_aSettingThatCannotBeKept_keepsTheFileAndTellsWhy(Case it) {
        String text = """
                import com.github.benmanes.caffeine.cache.Caffeine;
                import org.springframework.cache.caffeine.CaffeineCache;
                import org.springframework.cache.caffeine.CaffeineCacheManager;
                import org.springframework.cache.concurrent.ConcurrentMapCache;
                import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
                import org.springframework.data.redis.cache.RedisCacheConfiguration;
                import org.springframework.data.redis.cache.RedisCacheManager;

                class Caching {
                    %s
                }
                """.formatted(it.members());
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows)).contains(it.row())),
                java(text));
    }

    private static final String LOOKER = """
            import org.springframework.cache.Cache;

            class Looker {
                Object inside(Cache cache) {
                    return cache.getNativeCache();
                }
            }
            """;

    private static final String MAPS = """
            class Caching {
                Object manager = new org.springframework.cache.concurrent.ConcurrentMapCacheManager();
            }
            """;

    @Test
    void refuse_whereSomebodyLooksBehindACache_keepsTheManagers() {
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .containsExactlyInAnyOrder(
                                        "5 Cache.getNativeCache REFUSED NATIVE_CACHE",
                                        "2 ConcurrentMapCacheManager.<init> REFUSED SHARED_WITH_REFUSED")),
                java(LOOKER),
                java(MAPS));
    }

    @Test
    void rewrite_oneManagerBesideOneThatStays_changesTheOne() {
        String redis = """
                import org.springframework.data.redis.cache.RedisCacheManager;

                class Shared {
                    RedisCacheManager manager;
                }
                """;
        rewriteRun(
                java(redis),
                java(
                        MAPS,
                        MAPS.replace(
                                "org.springframework.cache.concurrent.ConcurrentMapCacheManager",
                                "io.cachemigrator.cache.spring.ConsolidatedCacheManager")));
    }

    @Test
    void rewrite_whatIsMigratedOrGoesThroughTheAbstraction_changesNothing() {
        rewriteRun(
                spec -> spec.afterRecipe(
                        run -> assertThat(run.getChangeset().getAllResults()).isEmpty()),
                java(LOOKER),
                java("""
                        import io.cachemigrator.cache.spring.ConsolidatedCacheManager;
                        import org.springframework.cache.CacheManager;

                        class Caching {
                            CacheManager manager = new ConsolidatedCacheManager("a");
                        }
                        """));
    }
}
