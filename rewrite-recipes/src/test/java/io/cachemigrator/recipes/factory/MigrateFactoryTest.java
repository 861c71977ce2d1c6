package io.cachemigrator.recipes.factory;

import static io.cachemigrator.recipes.factory.FactoryApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.services.LegacyCallSites;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.DocumentExample;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

@Tag("REC-1")
class MigrateFactoryTest implements RewriteTest {
    @Override
    public void defaults(RecipeSpec spec) {
        FactoryApi.with(spec, new MigrateFactory());
    }

    private static String legacy(String imports, String statements) {
        return """
                import io.cachemigrator.compat.factory.%s;
                import java.time.Duration;
                import java.util.Map;

                class Shop {
                    void work(String url, Duration ttl, int n, Map<String, Duration> ttls, String key) {
                        %s
                    }
                }
                """.formatted(imports, statements);
    }

    private static String migrated(String imports, String statements) {
        return legacy("X", statements)
                .replace("import io.cachemigrator.compat.factory.X;\n", imports.isEmpty() ? "" : imports);
    }

    private static final String AI = """
            import io.cachemigrator.cache.factory.AiCache;
            import io.cachemigrator.cache.factory.CacheFactory;
            """;
    private static final String APP = """
            import io.cachemigrator.cache.factory.AppCache;
            import io.cachemigrator.cache.factory.CacheFactory;
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "()|(ai -> ai.textHashThreshold(1000))",
                "(url)|(ai -> ai.redisUrl(url).textHashThreshold(1000))",
                "(url, ttl)|(ai -> ai.redisUrl(url).defaultTtl(ttl).textHashThreshold(1000))",
                "(url, ttl, 500)|(ai -> ai.redisUrl(url).defaultTtl(ttl).textHashThreshold(500))",
                "(\"redis://h\", Duration.ofHours(2), n, 1000, 6, 100, ttls)|(ai -> ai.redisUrl(\"redis://h\").defaultTtl(Duration.ofHours(2)).textHashThreshold(n).compression(1000, 6).l1CacheSize(100).operationTtls(ttls))"
            })
    void rewrite_anAiCache_keepsTheThresholdOfItsKeys(String before, String after) {
        rewriteRun(java(
                legacy("AiResponseCache", "AiResponseCache cache = new AiResponseCache" + before + ";"),
                migrated(AI, "AiCache cache = CacheFactory.forAiApp" + after + ";")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "()|(web -> web.redisUrl(\"rediss://redis:6380\").defaultTtl(Duration.ofHours(1)))",
                "(url)|(web -> web.redisUrl(url).defaultTtl(Duration.ofHours(1)))",
                "(url, ttl)|(web -> web.redisUrl(url).defaultTtl(ttl))",
                "(url, ttl, true, n, 2000, 6)|(web -> web.redisUrl(url).defaultTtl(ttl).enableL1Cache(true).l1CacheSize(n).compression(2000, 6))"
            })
    void rewrite_aWebCache_isMadeByTheFactory(String before, String after) {
        rewriteRun(java(
                legacy("GenericRedisCache", "GenericRedisCache cache = new GenericRedisCache" + before + ";"),
                migrated(APP, "AppCache cache = CacheFactory.forWebApp" + after + ";")));
    }

    @Test
    void rewrite_aMemoryCache_isOneForTestsOnlyInTests() {
        String before = legacy("InMemoryCache", "InMemoryCache cache = new InMemoryCache(ttl, 50);");
        rewriteRun(java(
                before,
                migrated(
                        APP,
                        "AppCache cache = CacheFactory.forWebApp(web -> web.useMemoryCache(true).defaultTtl(ttl).l1CacheSize(50));"),
                source -> source.path("src/main/java/Shop.java")));
        rewriteRun(java(
                before,
                migrated(
                        APP,
                        "AppCache cache = CacheFactory.forTesting(test -> test.useMemoryCache(true).defaultTtl(ttl).l1CacheSize(50));"),
                source -> source.path("src/test/java/Shop.java")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cache.set(key, 1, ttl);|cache.set(key, 1, ttl);",
                "cache.get(key, String.class).isPresent();|cache.get(key, String.class).isPresent();",
                "cache.cacheResponse(key, \"qa\", Map.of(), Map.of(), null);|cache.cacheResponse(key, \"qa\", Map.of(), Map.of(), null);",
                "cache.invalidatePattern(\"qa\", null);|cache.invalidatePattern(\"ai_cache:*qa*\");",
                "cache.invalidatePattern(\"*qa\", \"by hand\");|cache.invalidatePattern(\"ai_cache:*qa*\");",
                "cache.invalidatePattern(key, key);|cache.invalidatePattern(\"ai_cache:*\" + key + \"*\");",
                "cache.invalidateByOperation(\"qa\", \"ctx\");|cache.invalidateByOperation(\"qa\");",
                "cache.clear(null);|cache.clear();"
            })
    void rewrite_callsOfAnAiCache_keepWhatTheyDo(String before, String after) {
        rewriteRun(java(
                legacy("*", "AiResponseCache cache = LegacyCaches.getAiCache();\n        " + before),
                migrated(
                        AI,
                        "AiCache cache = CacheFactory.sharedAiApp(ai -> ai.textHashThreshold(1000));\n        "
                                + after)));
    }

    @Test
    void rewrite_aWrapper_becomesTheCacheItself() {
        rewriteRun(
                java(
                        legacy(
                                "LegacyCacheWrapper",
                                "LegacyCacheWrapper cache = LegacyCacheWrapper.createAiCache();\n        double it = cache.getCacheHitRatio();"),
                        migrated(
                                AI,
                                "AiCache cache = CacheFactory.forAiApp(ai -> ai.textHashThreshold(1000));\n        double it = cache.hitRatioPercent();")));
    }

    @DocumentExample
    @Test
    void rewrite_anAccessorOfTheEnvironment_readsTheEnvironmentStill() {
        rewriteRun(java("""
                import io.cachemigrator.compat.factory.CacheInterface;
                import io.cachemigrator.compat.factory.LegacyCaches;

                class Shop {
                    final CacheInterface cache = LegacyCaches.getCacheInstance();
                }
                """, """
                import io.cachemigrator.cache.config.CacheConfig;
                import io.cachemigrator.cache.factory.AppCache;
                import io.cachemigrator.cache.factory.CacheFactory;

                class Shop {
                    final AppCache cache = CacheFactory.shared(CacheConfig.builder().fromEnvironment(System.getenv()).build());
                }
                """));
    }

    @Test
    void rewrite_aNameThatIsTaken_isNotTakenAgain() {
        rewriteRun(
                java(
                        legacy(
                                "AiResponseCache",
                                "int ai = 1;\n        AiResponseCache cache = new AiResponseCache(url);"),
                        migrated(
                                AI,
                                "int ai = 1;\n        AiCache cache = CacheFactory.forAiApp(ai2 -> ai2.redisUrl(url).textHashThreshold(1000));")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "String u = url; u = key; new AiResponseCache(u);|7 AiResponseCache.<init> REFUSED CHANGING_VARIABLE",
                "new AiResponseCache(new LegacyOptions());|7 AiResponseCache.<init> REFUSED NO_COUNTERPART",
                "new AiResponseCache().memoryCacheSize();|7 AiResponseCache.memoryCacheSize REFUSED NO_COUNTERPART",
                "new GenericRedisCache().getSecurityStatus();|7 GenericRedisCache.getSecurityStatus REFUSED NO_COUNTERPART",
                "LegacyCacheWrapper.createWebCache();|7 LegacyCacheWrapper.createWebCache REFUSED NO_COUNTERPART",
                "LegacyCacheWrapper.wrap(null);|7 LegacyCacheWrapper.wrap REFUSED NO_COUNTERPART",
                "LegacyCaches.detect(Map.of());|7 LegacyCaches.detect REFUSED NO_COUNTERPART",
                "CacheInterface c = null; c.invalidatePattern(key, null);|7 CacheInterface.invalidatePattern REFUSED AMBIGUOUS_PATTERN",
                "new AiResponseCache().clear(String.valueOf(n));|7 AiResponseCache.clear REFUSED SIDE_EFFECT"
            })
    void rewrite_whatCannotKeepItsMeaning_staysAndIsListed(String statements, String row) {
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows)).contains(row)),
                java(legacy("*", statements)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "String made = \"ai_cache:op:qa|txt:\" + key;~7 hand-made key REFUSED HAND_MADE_KEY",
                "String env = System.getenv(\"CACHE_TTL\");~7 environment CACHE_TTL REFUSED ENVIRONMENT_READ",
                "String env = System.getenv().getOrDefault(\"AI_CACHE_REDIS_URL\", \"\");~7 environment AI_CACHE_REDIS_URL REFUSED ENVIRONMENT_READ"
            })
    void rewrite_keysMadeByHandAndVariablesRead_areFlaggedAndKeepNothing(String text) {
        String[] parts = text.split("~");
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows)).contains(parts[1])),
                java(
                        legacy("AiResponseCache", "AiResponseCache cache = new AiResponseCache(); " + parts[0]),
                        migrated(
                                AI,
                                "AiCache cache = CacheFactory.forAiApp(ai -> ai.textHashThreshold(1000)); "
                                        + parts[0])));
    }

    @Test
    void mark_whatStays_getsACommentAbove() {
        rewriteRun(
                spec -> FactoryApi.with(spec, new MigrateFactory(true)),
                java(
                        legacy("LegacyCaches", "LegacyCaches.detect(Map.of());"),
                        legacy(
                                "LegacyCaches",
                                "// cache-migrator: NO_COUNTERPART LegacyCaches.detect\n        LegacyCaches.detect(Map.of());")));
    }

    @Test
    void rewrite_aCacheThatAFileThatStaysTakes_staysToo() {
        rewriteRun(java("""
                        import io.cachemigrator.compat.factory.CacheInterface;

                        class Uses {
                            void use(CacheInterface cache) {
                                cache.invalidatePattern("x", null);
                            }
                        }
                        """), java("""
                        import io.cachemigrator.compat.factory.InMemoryCache;

                        class Makes {
                            void make() {
                                new Uses().use(new InMemoryCache());
                            }
                        }
                        """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import io.cachemigrator.cache.factory.AiCache;\nimport io.cachemigrator.cache.factory.CacheFactory;\n\nclass Done {\n    AiCache cache = CacheFactory.forAiApp(ai -> ai.textHashThreshold(1000));\n}\n",
                "class Other {\n    String env = System.getenv(\"HOME\");\n}\n"
            })
    void rewrite_whatIsMigratedOrForeign_staysAsItIs(String source) {
        rewriteRun(java(source));
    }
}
