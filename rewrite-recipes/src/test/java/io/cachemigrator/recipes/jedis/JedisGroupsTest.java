package io.cachemigrator.recipes.jedis;

import static io.cachemigrator.recipes.jedis.JedisApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.exchange.CompiledSources;
import io.cachemigrator.recipes.services.LegacyCallSites;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

/** Which files change together. */
@Tag("REC-1")
@Tag("REC-3")
class JedisGroupsTest implements RewriteTest {
    private static final String POOLS = """
            package shop;

            import redis.clients.jedis.JedisPool;

            public class Pools {
                public JedisPool pool() {
                    return new JedisPool("localhost");
                }
            }
            """;

    private static final String NAMES = """
            package shop;

            import redis.clients.jedis.Jedis;
            import redis.clients.jedis.JedisPool;

            public class Names {
                private final JedisPool pool = new Pools().pool();

                public String of(String id) {
                    try (Jedis jedis = pool.getResource()) {
                        return jedis.get("name:" + id);
                    }
                }
            }
            """;

    private static String migrated(String source) {
        return source.replace("redis.clients.jedis.exceptions", "io.cachemigrator.cache.text")
                .replace("redis.clients.jedis", "io.cachemigrator.cache.text")
                .replace("JedisPool", "TextCaches")
                .replace("JedisConnectionException", "TextCacheConnectionException")
                .replaceAll("\\bJedis\\b", "TextCache");
    }

    @Override
    public void defaults(RecipeSpec spec) {
        JedisApi.with(spec, new MigrateJedis(), "3.10");
    }

    @Test
    void group_thatSharesAPool_changesWhole() {
        rewriteRun(java(POOLS, migrated(POOLS)), java(NAMES, migrated(NAMES)));
        CompiledSources.check(JedisApi.others(), migrated(POOLS), migrated(NAMES));
    }

    @Test
    void group_withOneHash_staysWhole() {
        String visits = NAMES.replace("Names", "Visits").replace("jedis.get(\"name:\" + id)", "jedis.hget(\"v\", id)");
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .contains(
                                        "11 Jedis.get REFUSED SHARED_WITH_REFUSED",
                                        "11 Jedis.hget REFUSED DATA_STRUCTURE",
                                        "7 JedisPool.<init> REFUSED SHARED_WITH_REFUSED")),
                java(POOLS),
                java(NAMES),
                java(visits));
    }

    private static final String HASHES = """
            package shop;

            import redis.clients.jedis.Jedis;

            class Visits {
                private final Jedis jedis = new Jedis();

                long of(String id) {
                    return jedis.hincrBy("visits", id, 1);
                }
            }
            """;

    private static final String SINGLE = """
            package shop;

            import redis.clients.jedis.Jedis;

            class Names {
                String of(String id) {
                    try (Jedis jedis = new Jedis()) {
                        return jedis.get("name:" + id);
                    }
                }
            }
            """;

    @Test
    void group_ofOtherStructures_keepsNoOther() {
        rewriteRun(java(HASHES), java(SINGLE, migrated(SINGLE)));
    }

    @Test
    void group_thatMayMeetTheTexts_keepsAllThatHaveSome() {
        String cleaner = HASHES.replace("Visits", "Cleaner")
                .replace("jedis.hincrBy(\"visits\", id, 1)", "jedis.keys(id).size()");
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .contains("9 Jedis.keys REFUSED KEY_SPACE", "8 Jedis.get REFUSED SHARED_WITH_REFUSED")),
                java(cleaner),
                java(SINGLE));
    }

    @Test
    void group_thatIsSaidToHaveKeysOfItsOwn_keepsNoOther() {
        String cleaner = HASHES.replace("Visits", "Cleaner")
                .replace("jedis.hincrBy(\"visits\", id, 1)", "jedis.keys(id).size()");
        rewriteRun(
                spec -> JedisApi.with(spec, new MigrateJedis(null, true), "3.10"),
                java(cleaner),
                java(SINGLE, migrated(SINGLE)));
    }

    @Test
    void catch_aroundAMethodThatCallsTheCache_followsIt() {
        String page = """
                package shop;

                import redis.clients.jedis.exceptions.JedisConnectionException;

                class Page {
                    private final Names names = new Names();

                    String title(String id) {
                        try {
                            return names.of(id);
                        } catch (JedisConnectionException e) {
                            return "nobody";
                        }
                    }
                }
                """;
        rewriteRun(java(SINGLE, migrated(SINGLE)), java(page, migrated(page)));
        CompiledSources.check(JedisApi.others(), migrated(SINGLE), migrated(page));
    }

    @Test
    void catch_aroundWhatStays_stays() {
        String page = """
                package shop;

                import redis.clients.jedis.exceptions.JedisException;

                class Page {
                    private final Visits visits = new Visits();

                    long count(String id) {
                        try {
                            return visits.of(id);
                        } catch (JedisException e) {
                            return 0;
                        }
                    }
                }
                """;
        rewriteRun(java(HASHES), java(page));
    }

    @Test
    void classes_thatImplementTheirInterface_changeWithIt() {
        String source = """
                package shop;

                import redis.clients.jedis.Jedis;

                interface Clients {
                    Jedis client(String host);
                }
                """;
        String own = """
                package shop;

                import redis.clients.jedis.Jedis;

                class OwnClients implements Clients {
                    @Override
                    public Jedis client(String host) {
                        return new Jedis(host, 6380);
                    }
                }
                """;
        rewriteRun(java(source, migrated(source)), java(own, migrated(own)));
        CompiledSources.check(JedisApi.others(), migrated(source), migrated(own));
    }
}
