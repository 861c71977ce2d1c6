package io.cachemigrator.recipes.jedis;

import static io.cachemigrator.recipes.jedis.JedisApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.services.LegacyCallSites;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.test.RewriteTest;

/** What stays as it is, with its row, and a comment where one is asked for. */
@Tag("REC-1")
@Tag("REC-3")
class JedisRefusalsTest implements RewriteTest {
    /**
     * A case.
     *
     * @param version of Jedis
     * @param members of a class that begins on line 6
     * @param row the row that tells why
     */
    record Case(String version, String members, String row) {
        @Override
        public String toString() {
            return version + " " + members;
        }
    }

    private static Case old(String members, String row) {
        return new Case("3.10", members, row);
    }

    private static Case now(String members, String row) {
        return new Case(JedisApi.CURRENT, members, row);
    }

    private static String text(String members) {
        return """
                import redis.clients.jedis.ALL;
                import redis.clients.jedis.exceptions.ALL;
                import redis.clients.jedis.params.ALL;

                class Shop {
                    %s
                }
                """.replace(".ALL;", ".*;").formatted(members);
    }

    static List<Case> commands() {
        return List.of(
                old("void it(Jedis j) { j.hset(\"k\", \"f\", \"v\"); }", "6 Jedis.hset REFUSED DATA_STRUCTURE"),
                old("void it(Jedis j) { j.sadd(\"k\", \"m\"); }", "6 Jedis.sadd REFUSED DATA_STRUCTURE"),
                old("void it(Jedis j) { j.lpush(\"k\", \"m\"); }", "6 Jedis.lpush REFUSED DATA_STRUCTURE"),
                old("void it(Jedis j) { j.zadd(\"k\", 1.0, \"m\"); }", "6 Jedis.zadd REFUSED DATA_STRUCTURE"),
                old("void it(Jedis j) { j.setbit(\"k\", 1, true); }", "6 Jedis.setbit REFUSED DATA_STRUCTURE"),
                old("void it(Jedis j) { j.publish(\"c\", \"m\"); }", "6 Jedis.publish REFUSED PUB_SUB"),
                old("void it(Jedis j) { Transaction t = j.multi(); }", "6 Jedis.multi REFUSED TRANSACTION"),
                old("void it(Jedis j) { j.watch(\"k\"); }", "6 Jedis.watch REFUSED TRANSACTION"),
                old("void it(Jedis j) { Pipeline p = j.pipelined(); p.sync(); }", "6 Pipeline REFUSED TRANSACTION"),
                old("void it(Jedis j) { j.eval(\"return 1\"); }", "6 Jedis.eval REFUSED SCRIPT"),
                old("void it(Jedis j) { j.keys(\"*\"); }", "6 Jedis.keys REFUSED KEY_SPACE"),
                old("void it(Jedis j) { j.scan(\"0\"); }", "6 Jedis.scan REFUSED KEY_SPACE"),
                old("void it(Jedis j) { j.flushDB(); }", "6 Jedis.flushDB REFUSED KEY_SPACE"),
                old("void it(Jedis j) { j.rename(\"a\", \"b\"); }", "6 Jedis.rename REFUSED KEY_SPACE"),
                old("void it(Jedis j) { j.getSet(\"a\", \"b\"); }", "6 Jedis.getSet REFUSED NOT_ATOMIC"),
                now("void it(Jedis j) { j.getDel(\"a\"); }", "6 Jedis.getDel REFUSED NOT_ATOMIC"),
                old("void it(Jedis j) { j.append(\"a\", \"b\"); }", "6 Jedis.append REFUSED NOT_ATOMIC"),
                old("void it(Jedis j) { j.incrByFloat(\"a\", 0.5); }", "6 Jedis.incrByFloat REFUSED NOT_ATOMIC"),
                old("void it(Jedis j) { j.select(2); }", "6 Jedis.select REFUSED CONNECTION"),
                old("void it(Jedis j) { j.auth(\"p\"); }", "6 Jedis.auth REFUSED CONNECTION"),
                old("void it(Jedis j) { j.ping(); }", "6 Jedis.ping REFUSED CONNECTION"),
                old("void it(Jedis j) { j.get(new byte[0]); }", "6 Jedis.get REFUSED BINARY_KEYS"),
                old("void it(Jedis j) { j.getrange(\"k\", 0, 1); }", "6 Jedis.getrange REFUSED NO_COUNTERPART"),
                now(
                        "void it(Jedis j) { j.expire(\"k\", 5, redis.clients.jedis.args.ExpiryOption.NX); }",
                        "6 Jedis.expire REFUSED NO_COUNTERPART"),
                now(
                        "void it(UnifiedJedis j) { j.set(\"k\", \"v\", new SetParams().keepTtl()); }",
                        "6 SetParams.keepTtl REFUSED WRITE_OPTION"));
    }

    static List<Case> results() {
        return Stream.of(
                        "int it(Jedis j) { return j.incr(\"k\").intValue(); }",
                        "boolean it(Jedis j) { return j.incr(\"k\").equals(1L); }",
                        "boolean it(Jedis j, Long n) { return j.incr(\"k\") == n; }",
                        "boolean it(Jedis j) { return j.incr(\"k\") == null; }",
                        "void it(Jedis j) { var n = j.incr(\"k\"); n.intValue(); }",
                        "Long it(Jedis j, Long n) { return n != null ? j.incr(\"k\") : n; }",
                        "void of(Object o) {} void of(long n) {} void it(Jedis j) { of(j.incr(\"k\")); }")
                .map(members -> old(members, "6 Jedis.incr REFUSED BOXED_RESULT"))
                .toList();
    }

    static List<Case> constructions() {
        return List.of(
                old("Object o = new Jedis(\"h\", 6379, true);", "6 Jedis.<init> REFUSED CONSTRUCTION"),
                old("Object o = new Jedis(java.net.URI.create(\"u\"));", "6 Jedis.<init> REFUSED CONSTRUCTION"),
                old(
                        "Object o = new JedisPool(\"h\", 6379, \"user\", \"secret\");",
                        "6 JedisPool.<init> REFUSED CONSTRUCTION"),
                old(
                        "Object o(org.apache.commons.pool2.impl.GenericObjectPoolConfig<Jedis> c) { return new JedisPool(c, \"h\", 6379); }",
                        "6 JedisPool.<init> REFUSED CONSTRUCTION"),
                old(
                        "Object o(JedisPoolConfig c) { return new JedisPool(c, \"h\", 6379, 500, \"p\", 0, \"name\"); }",
                        "6 JedisPool.<init> REFUSED CONSTRUCTION"),
                old(
                        "void it(JedisPoolConfig c) { c.setBlockWhenExhausted(false); }",
                        "6 JedisPoolConfig.setBlockWhenExhausted REFUSED POOL_SETTING"),
                old(
                        "void it(JedisPoolConfig c) { c.setMaxWaitMillis(5); }",
                        "6 JedisPoolConfig.setMaxWaitMillis REFUSED POOL_SETTING"),
                now("Object o = RedisClient.builder().build();", "6 RedisClient.builder REFUSED CONSTRUCTION"),
                old("Object o = new JedisCluster(new HostAndPort(\"h\", 1));", "6 JedisCluster.<init> REFUSED CLUSTER"),
                old("JedisSentinelPool pool;", "6 JedisSentinelPool REFUSED CLUSTER"),
                old("int it(JedisPool p) { return p.getNumActive(); }", "6 JedisPool.getNumActive REFUSED CONNECTION"));
    }

    static List<Case> types() {
        return List.of(
                old("static class Own extends Jedis {}", "6 Jedis REFUSED CACHE_SUBCLASS"),
                old("Object o = new Jedis() {};", "6 Jedis.<init> REFUSED CACHE_SUBCLASS"),
                old("static class Own extends JedisPubSub {}", "6 JedisPubSub REFUSED PUB_SUB"),
                old("Object o = \"redis.clients.jedis.Jedis\";", "6 Jedis REFUSED RAW_REFLECTION"),
                old("Object o = Jedis.class.getName();", "6 class literal REFUSED RAW_REFLECTION"),
                old(
                        "<T> T mock(Class<T> c) { return null; } Jedis j = mock(Jedis.class);",
                        "6 class literal REFUSED RAW_REFLECTION"),
                old("@interface Mock {} @Mock Jedis j;", "6 a stand-in REFUSED RAW_REFLECTION"),
                now("void of(Jedis j) {} void of(UnifiedJedis j) {}", "6 Shop.of REFUSED SAME_SIGNATURE"),
                old("Jedis j; static class TextCache {}", "6 TextCache REFUSED NAME_TAKEN"),
                old(
                        "Jedis j; String it(RuntimeException e) { return e instanceof JedisDataException ? j.get(\"k\") : null; }",
                        "6 JedisDataException REFUSED EXCEPTION_CHECK"),
                old(
                        "String it(Jedis j) { try { if (j.get(\"k\") == null) { throw new JedisException(\"none\"); } return \"\"; } catch (JedisException e) { return null; } }",
                        "6 JedisException REFUSED MIXED_TRY"),
                old(
                        "String it(Jedis j, java.util.function.Supplier<String> s) { try { return j.get(\"k\") + s.get(); } catch (JedisException e) { return null; } }",
                        "6 JedisException REFUSED MIXED_TRY"));
    }

    @ParameterizedTest
    @MethodSource({"commands", "results", "constructions", "types"})
    void refuse_aUseWithoutCounterpart_keepsTheFileAndTellsWhy(Case it) {
        rewriteRun(
                spec -> {
                    JedisApi.with(spec, new MigrateJedis(), it.version());
                    spec.dataTable(
                            LegacyCallSites.Row.class,
                            rows -> assertThat(texts(rows)).contains(it.row()));
                },
                java(text(it.members())));
    }

    @Test
    void refuse_withMarks_writesACommentOnce() {
        rewriteRun(spec -> JedisApi.with(spec, new MigrateJedis(true, null), "3.10"), java("""
                        import redis.clients.jedis.Jedis;

                        class Shop {
                            void it(Jedis jedis) {
                                jedis.flushDB();
                            }
                        }
                        """, """
                        import redis.clients.jedis.Jedis;

                        class Shop {
                            // cache-migrator: SHARED_WITH_REFUSED Jedis
                            void it(Jedis jedis) {
                                // cache-migrator: KEY_SPACE Jedis.flushDB
                                jedis.flushDB();
                            }
                        }
                        """));
    }

    @Test
    void refuse_aFileThatACallerKeeps_keepsIt() {
        InMemoryExecutionContext context = new InMemoryExecutionContext();
        context.putMessage(LegacyCallSites.KEPT_FILES, Map.of("Shop.java", "it does not compile"));
        rewriteRun(
                spec -> {
                    JedisApi.with(spec, new MigrateJedis(), "3.10");
                    spec.executionContext(context)
                            .dataTable(
                                    LegacyCallSites.Row.class,
                                    rows -> assertThat(texts(rows)).contains("4 Jedis REFUSED DOES_NOT_COMPILE"));
                },
                java("import redis.clients.jedis.Jedis;\n\nclass Shop {\n    Jedis jedis;\n}\n"));
    }
}
