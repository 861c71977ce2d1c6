package io.cachemigrator.recipes.jedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.exchange.CompiledSources;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openrewrite.test.RewriteTest;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A program before and after the recipe, run on one real Redis: it says the same both times. */
@Tag("REC-3")
class JedisBehaviourTest implements RewriteTest {
    private static final String BEFORE = """
            package shop;

            import java.util.ArrayList;
            import java.util.List;
            import java.util.function.IntFunction;
            import redis.clients.jedis.Jedis;
            import redis.clients.jedis.JedisPool;
            import redis.clients.jedis.JedisPoolConfig;
            import redis.clients.jedis.exceptions.JedisConnectionException;
            import redis.clients.jedis.exceptions.JedisDataException;
            import redis.clients.jedis.params.SetParams;

            public class Session implements IntFunction<String> {
                private final List<Object> said = new ArrayList<>();

                @Override
                public String apply(int port) {
                    JedisPoolConfig config = new JedisPoolConfig();
                    config.setMaxTotal(3);
                    try (JedisPool pool = new JedisPool(config, "127.0.0.1", port, 1000)) {
                        sessions(pool);
                        locks(pool);
                        counters(pool);
                    }
                    said.add(nobody());
                    return said.toString();
                }

                private void sessions(JedisPool pool) {
                    try (Jedis jedis = pool.getResource()) {
                        said.add(jedis.get("session:1"));
                        said.add(jedis.setex("session:1", 500, "Ada"));
                        said.add(jedis.get("session:1"));
                        said.add(jedis.ttl("session:1") > 400);
                        said.add(jedis.persist("session:1"));
                        said.add(jedis.ttl("session:1"));
                        said.add(jedis.mset("a", "1", "b", ""));
                        said.add(jedis.mget("a", "none", "b"));
                        said.add(jedis.exists("a", "b", "none"));
                        said.add(jedis.del("a", "none"));
                        said.add(jedis.ttl("none"));
                        said.add(jedis.expire("b", -1));
                        said.add(jedis.exists("b"));
                    }
                }

                private void locks(JedisPool pool) {
                    Jedis jedis = pool.getResource();
                    try {
                        SetParams once = SetParams.setParams().nx().px(60_000);
                        said.add(jedis.set("lock", "me", once));
                        said.add(jedis.set("lock", "you", once));
                        said.add(jedis.setnx("lock", "you"));
                        said.add(jedis.get("lock"));
                    } finally {
                        jedis.close();
                    }
                }

                private void counters(JedisPool pool) {
                    try (Jedis jedis = pool.getResource()) {
                        said.add(jedis.incr("n"));
                        said.add(jedis.incrBy("n", 41));
                        said.add(jedis.decr("n"));
                        said.add(jedis.get("n"));
                        try {
                            said.add(jedis.incr("session:1"));
                        } catch (JedisDataException e) {
                            said.add("no number");
                        }
                    }
                }

                private String nobody() {
                    try (Jedis jedis = new Jedis("127.0.0.1", 1, 200)) {
                        return jedis.get("k");
                    } catch (JedisConnectionException e) {
                        return "nobody there";
                    }
                }
            }
            """;

    private final List<String> after = new ArrayList<>();

    private RedisServer server(int port) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "embedded-redis"));
        return RedisServer.newRedisServer()
                .executableProvider(ExecutableProvider.newJarResourceProvider(folder.toFile()))
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    @Test
    void program_beforeAndAfter_saysTheSame() throws Exception {
        rewriteRun(
                spec -> {
                    JedisApi.with(spec, new MigrateJedis(), JedisApi.CURRENT);
                    spec.afterRecipe(run -> run.getChangeset().getAllResults().stream()
                            .map(result -> result.getAfter() == null
                                    ? ""
                                    : result.getAfter().printAll())
                            .forEach(after::add));
                },
                java(BEFORE, spec -> spec.after(text -> text)));
        assertThat(after)
                .singleElement()
                .asString()
                .contains("new TextCaches(config")
                .doesNotContain("edis.clients");
        int port = freePort();
        RedisServer server = server(port);
        server.start();
        try {
            String before = run(JedisApi.classpath(JedisApi.CURRENT), BEFORE, port);
            assertThat(before)
                    .startsWith(
                            "[null, OK, Ada, true, 1, -1, OK, [1, null, ], 2, 1, -2, 1, false, OK, null, 0, me, 1, 42");
            // the texts of both are apart, as the new ones have keys of their own
            assertThat(run(JedisApi.others(), after.get(0), port)).isEqualTo(before);
        } finally {
            server.stop();
        }
    }

    private static String run(List<Path> libraries, String source, int port) throws Exception {
        try (CompiledSources.Loaded loaded = CompiledSources.load(libraries, source)) {
            Object program =
                    loaded.type("shop.Session").getDeclaredConstructor().newInstance();
            @SuppressWarnings("unchecked") // the program says so
            IntFunction<String> session = (IntFunction<String>) program;
            return session.apply(port);
        }
    }
}
