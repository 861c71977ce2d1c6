package io.cachemigrator.compat.stage;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A stage in a key of a Redis server, {@code cs:{!}stage:NAME}, and in a hash beside it, a field for each process that
 * follows it. The server's clock tells which reports still hold. Thread safe.
 */
final class StageKey implements StagePlace {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String REPORT =
            "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000) "
                    + "redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. string.format('%.0f', now)) "
                    + "redis.call('PEXPIRE', KEYS[1], ARGV[3]) "
                    + "local all = redis.call('HGETALL', KEYS[1]) "
                    + "for i = 1, #all, 2 do local at = tonumber(string.match(all[i + 1], '(%d+)$')) "
                    + "if not at or now - at > tonumber(ARGV[3]) then redis.call('HDEL', KEYS[1], all[i]) end end return 1";

    private static final String USAGE =
            "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000) "
                    + "local first = redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now) .. '\\n' .. ARGV[2]) "
                    + "redis.call('PEXPIRE', KEYS[1], ARGV[3]) if first == 0 then return 1 end "
                    + "local all = redis.call('HGETALL', KEYS[1]) "
                    + "for i = 1, #all, 2 do local at = tonumber(string.match(all[i + 1], '^(%d+)')) "
                    + "if not at or now - at > tonumber(ARGV[3]) then redis.call('HDEL', KEYS[1], all[i]) end end return 1";

    private final RedisClient client;
    private final String name;
    private final String key;

    StageKey(RedisConfig config, String project) {
        if (config.topology() != RedisTopology.STANDALONE) {
            throw new IllegalStateException(
                    "The stage is kept on a single Redis server, and CACHE_STAGE_URI names Sentinels or a cluster. Name"
                            + " a redis:// or rediss:// server, or use CACHE_STAGE_FILE.");
        }
        this.key = "cs:{!}stage:" + project;
        String host = config.hosts().get(0);
        this.name = "the key '" + key + "' of the Redis server " + host;
        this.client = open(config, HostAndPort.from(host));
    }

    private static RedisClient open(RedisConfig config, HostAndPort host) {
        String user = config.username() == null ? JedisURIHelper.getUser(config.uri()) : config.username();
        String password = config.password() == null ? JedisURIHelper.getPassword(config.uri()) : config.password();
        DefaultJedisClientConfig.Builder settings = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis((int) PATIENCE.toMillis())
                .socketTimeoutMillis((int) PATIENCE.toMillis())
                .database(config.database())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (password != null && !password.isEmpty()) {
            settings.user(user == null || user.isEmpty() ? null : user).password(password);
        }
        if (config.isSecured()) {
            settings.sslOptions(SslOptions.defaults());
        }
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(1);
        pool.setMaxWait(PATIENCE);
        pool.setJmxEnabled(false);
        return RedisClient.builder()
                .hostAndPort(host)
                .clientConfig(settings.build())
                .poolConfig(pool)
                .build();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Stage> read() {
        String text = call(redis -> redis.get(key));
        try {
            return Optional.ofNullable(text).map(Stage::parse);
        } catch (IllegalArgumentException e) {
            throw new StageUnreadableException("The stage cannot be read from " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void write(Stage stage) {
        call(redis -> redis.set(key, stage.text()));
    }

    @Override
    public void remove() {
        call(redis -> redis.del(key, key + ":seen", key + ":usage"));
    }

    @Override
    public void report(StagePresence presence) {
        String text = presence.text(0);
        List<String> arguments = List.of(
                presence.process(),
                text.substring(0, text.length() - 1),
                String.valueOf(StagePresence.LIFE.toMillis()));
        call(redis -> redis.eval(REPORT, List.of(key + ":seen"), arguments));
    }

    @Override
    public List<StagePresence> present() {
        Map<String, String> reports = call(redis -> redis.hgetAll(key + ":seen"));
        long now = call(redis -> Long.parseLong(
                String.valueOf(redis.eval("local t = redis.call('TIME') return string.format('%.0f', t[1] * 1000)"))));
        List<StagePresence> present = new ArrayList<>();
        reports.forEach(
                (process, text) -> StagePresence.parse(process, text, now).ifPresent(present::add));
        return present;
    }

    @Override
    public void reportUsage(String process, String text) {
        List<String> arguments = List.of(process, text, String.valueOf(USAGE_LIFE.toMillis()));
        call(redis -> redis.eval(USAGE, List.of(key + ":usage"), arguments));
    }

    /** The first line of each says when it was left. */
    @Override
    public List<String> usage() {
        return call(redis -> redis.hvals(key + ":usage")).stream()
                .map(text -> text.substring(text.indexOf('\n') + 1))
                .toList();
    }

    private <T> T call(Function<RedisClient, T> command) {
        try {
            return command.apply(client);
        } catch (JedisException e) {
            client.getPool().clear();
            throw new StageUnreadableException(
                    "The stage cannot be read from or written to " + name + ": " + reason(e)
                            + ". Check CACHE_STAGE_URI and the server.",
                    e);
        }
    }

    /** The first word of the server's answer, or the kind of trouble: never an address with a password. */
    private static String reason(JedisException failure) {
        if (failure instanceof JedisDataException) {
            return "it answered " + String.valueOf(failure.getMessage()).split(" ", 2)[0];
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "it cannot be reached (" + root.getClass().getSimpleName() + ")";
    }

    @Override
    public void close() {
        client.close();
    }
}
