package io.cachemigrator.recipes.jedis;

import static io.cachemigrator.recipes.jedis.JedisApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.exchange.CompiledSources;
import io.cachemigrator.recipes.services.LegacyCallSites;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.test.RewriteTest;

/** Whole files, as they are found, with old and new versions of Jedis. */
@Tag("REC-1")
@Tag("REC-3")
class MigrateJedisTest implements RewriteTest {
    private void migrates(String version, String before, String after) {
        rewriteRun(spec -> JedisApi.with(spec, new MigrateJedis(), version), java(before, after));
        CompiledSources.check(JedisApi.others(), after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "3.10", "5.2", JedisApi.CURRENT})
    void rewrite_aPoolWithResources_changesTheirTypesOnly(String version) {
        String before = """
                package shop;

                import java.util.List;
                import redis.clients.jedis.Jedis;
                import redis.clients.jedis.JedisPool;
                import redis.clients.jedis.JedisPoolConfig;
                import redis.clients.jedis.exceptions.JedisConnectionException;

                class Shop implements AutoCloseable {
                    private final JedisPool pool;

                    Shop(String host) {
                        JedisPoolConfig config = new JedisPoolConfig();
                        config.setMaxTotal(32);
                        config.setTestOnBorrow(true);
                        this.pool = new JedisPool(config, host, 6379, 500);
                    }

                    String find(String key) {
                        try (Jedis jedis = pool.getResource()) {
                            return jedis.get("shop:" + key);
                        } catch (JedisConnectionException e) {
                            return null;
                        }
                    }

                    boolean keep(String key, String value) {
                        Jedis jedis = pool.getResource();
                        try {
                            jedis.setex("shop:" + key, 60, value);
                            jedis.expire(key, 5);
                            return jedis.ttl(key) > 0 && jedis.setnx(key, value) == 1;
                        } finally {
                            jedis.close();
                        }
                    }

                    List<String> all(String... keys) {
                        try (Jedis jedis = pool.getResource()) {
                            return jedis.mget(keys);
                        }
                    }

                    @Override
                    public void close() {
                        pool.close();
                    }
                }
                """;
        String after = """
                package shop;

                import io.cachemigrator.cache.text.TextCache;
                import io.cachemigrator.cache.text.TextCacheConnectionException;
                import io.cachemigrator.cache.text.TextCaches;
                import io.cachemigrator.cache.text.TextPoolConfig;
                import java.util.List;

                class Shop implements AutoCloseable {
                    private final TextCaches pool;

                    Shop(String host) {
                        TextPoolConfig config = new TextPoolConfig();
                        config.setMaxTotal(32);
                        config.setTestOnBorrow(true);
                        this.pool = new TextCaches(config, host, 6379, 500);
                    }

                    String find(String key) {
                        try (TextCache jedis = pool.getResource()) {
                            return jedis.get("shop:" + key);
                        } catch (TextCacheConnectionException e) {
                            return null;
                        }
                    }

                    boolean keep(String key, String value) {
                        TextCache jedis = pool.getResource();
                        try {
                            jedis.setex("shop:" + key, 60, value);
                            jedis.expire(key, 5);
                            return jedis.ttl(key) > 0 && jedis.setnx(key, value) == 1;
                        } finally {
                            jedis.close();
                        }
                    }

                    List<String> all(String... keys) {
                        try (TextCache jedis = pool.getResource()) {
                            return jedis.mget(keys);
                        }
                    }

                    @Override
                    public void close() {
                        pool.close();
                    }
                }
                """;
        migrates(version, before, after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "3.10"})
    void rewrite_resourcesThatAreGivenBack_keepsTheOldWay(String version) {
        String before = """
                import redis.clients.jedis.ALL;

                class Counter {
                    private final JedisPool pool = new JedisPool("localhost", 6379);

                    long count(String key) {
                        Jedis jedis = null;
                        try {
                            jedis = pool.getResource();
                            Long n = jedis.incrBy(key, 2);
                            if (jedis.exists(key)) {
                                jedis.del(key + ":old", key + ":older");
                            }
                            return n;
                        } finally {
                            if (jedis != null) {
                                pool.returnResource(jedis);
                            }
                        }
                    }

                    void stop() {
                        pool.destroy();
                    }
                }
                """.replace(".ALL;", ".*;");
        String after = before.replace("import redis.clients.jedis." + "*;", """
                        import io.cachemigrator.cache.text.TextCache;
                        import io.cachemigrator.cache.text.TextCaches;""".stripIndent())
                .replace("JedisPool", "TextCaches")
                .replace("Jedis jedis", "TextCache jedis");
        migrates(version, before, after);
    }

    @ParameterizedTest
    @ValueSource(strings = "5.2")
    void rewrite_aClientThatPoolsByItself_becomesATextCache(String version) {
        String before = """
                import redis.clients.jedis.JedisPooled;
                import redis.clients.jedis.UnifiedJedis;
                import redis.clients.jedis.params.SetParams;

                class Locks {
                    private final UnifiedJedis redis = new JedisPooled("localhost", 6379);

                    boolean take(String name, String owner) {
                        return "OK".equals(redis.set(name, owner, SetParams.setParams().nx().ex(30)))
                                || "OK".equals(redis.set(name, owner, new SetParams().xx().px(30_000L)));
                    }
                }
                """;
        String after = """
                import io.cachemigrator.cache.text.SetOptions;
                import io.cachemigrator.cache.text.TextCache;

                class Locks {
                    private final TextCache redis = new TextCache("localhost", 6379);

                    boolean take(String name, String owner) {
                        return "OK".equals(redis.set(name, owner, SetOptions.setParams().nx().ex(30)))
                                || "OK".equals(redis.set(name, owner, new SetOptions().xx().px(30_000L)));
                    }
                }
                """;
        migrates(version, before, after);
    }

    @Test
    void rewrite_theCurrentClientAndItsOptions_becomeATextCache() {
        String before = """
                import redis.clients.jedis.RedisClient;
                import redis.clients.jedis.UnifiedJedis;
                import redis.clients.jedis.params.SetParams;

                class Locks {
                    private final UnifiedJedis redis = RedisClient.create("redis://localhost:6379/2");

                    boolean take(String name, String owner) {
                        return redis.set(name, owner, SetParams.setParams().nx().ex(30)) != null
                                || redis.del(name) > 0 && redis.exists(name, owner) == 0;
                    }
                }
                """;
        String after = """
                import io.cachemigrator.cache.text.SetOptions;
                import io.cachemigrator.cache.text.TextCache;

                class Locks {
                    private final TextCache redis = TextCache.create("redis://localhost:6379/2");

                    boolean take(String name, String owner) {
                        return redis.set(name, owner, SetOptions.setParams().nx().ex(30)) != null
                                || redis.del(name) > 0 && redis.exists(name, owner) == 0;
                    }
                }
                """;
        migrates(JedisApi.CURRENT, before, after);
    }

    @Test
    void rewrite_theCurrentClient_listsEveryUse() {
        String before = """
                class Names {
                    private final redis.clients.jedis.RedisClient names = redis.clients.jedis.RedisClient.create("localhost", 6379);

                    String of(String id) {
                        return names.get("name:" + id);
                    }
                }
                """;
        String after = before.replace("redis.clients.jedis.RedisClient", "io.cachemigrator.cache.text.TextCache");
        rewriteRun(
                spec -> {
                    JedisApi.with(spec, new MigrateJedis(), JedisApi.CURRENT);
                    spec.dataTable(
                            LegacyCallSites.Row.class,
                            rows -> assertThat(texts(rows))
                                    .containsExactly(
                                            "2 RedisClient REWRITTEN",
                                            "2 RedisClient.create REWRITTEN",
                                            "5 RedisClient.get REWRITTEN"));
                },
                java(before, after));
        CompiledSources.check(JedisApi.others(), after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", JedisApi.CURRENT})
    void rewrite_whatIsMigratedOrHasNothing_changesNothing(String version) {
        rewriteRun(
                spec -> JedisApi.with(spec, new MigrateJedis(), version),
                java("""
                        import io.cachemigrator.cache.text.TextCache;

                        class Names {
                            String of(TextCache cache, String id) {
                                return cache.get(id);
                            }
                        }
                        """),
                java("class Jedis { static Jedis of(String name) { return new Jedis(); } }"));
    }
}
