package io.cachemigrator.migrator.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * What a Redis server is and lets us do, found out without running a single changing command: permissions are tried by
 * queueing each command in a transaction that is then discarded, where the server checks them and executes nothing.
 *
 * @param version server's version
 * @param usedMemory bytes in use
 * @param maxMemory limit in bytes; 0 = none
 * @param policy eviction policy
 * @param forbidden commands that are needed and refused
 * @param noTouch whether reads can leave access times alone
 */
public record RedisReadiness(
        String version, long usedMemory, long maxMemory, String policy, List<String> forbidden, boolean noTouch) {

    /** Commands that reading a legacy store takes. */
    static final List<Attempt> READING = List.of(
            new Attempt("SCAN", "0"),
            new Attempt("TYPE", "@key"),
            new Attempt("GET", "@key"),
            new Attempt("HGETALL", "@key"),
            new Attempt("SMEMBERS", "@key"),
            new Attempt("LRANGE", "@key", "0", "-1"),
            new Attempt("ZRANGE", "@key", "0", "-1"),
            new Attempt("STRLEN", "@key"),
            new Attempt("GETRANGE", "@key", "0", "1"),
            new Attempt("HLEN", "@key"),
            new Attempt("HSCAN", "@key", "0"),
            new Attempt("SCARD", "@key"),
            new Attempt("SSCAN", "@key", "0"),
            new Attempt("LLEN", "@key"),
            new Attempt("ZCARD", "@key"),
            new Attempt("MEMORY", "USAGE", "@key"),
            new Attempt("EXISTS", "@key"),
            new Attempt("PTTL", "@key"),
            new Attempt("TIME"));

    /** Commands that writing a target takes. */
    static final List<Attempt> WRITING = List.of(
            new Attempt("SCAN", "0"),
            new Attempt("GET", "@key"),
            new Attempt("MGET", "@key"),
            new Attempt("GETRANGE", "@key", "0", "1"),
            new Attempt("STRLEN", "@key"),
            new Attempt("EXISTS", "@key"),
            new Attempt("HMGET", "@key", "x"),
            new Attempt("SET", "@key", "x", "NX"),
            new Attempt("SETRANGE", "@key", "0", "x"),
            new Attempt("APPEND", "@key", "x"),
            new Attempt("RENAME", "@key", "@key"),
            new Attempt("PEXPIRE", "@key", "1"),
            new Attempt("PEXPIREAT", "@key", "1"),
            new Attempt("PERSIST", "@key"),
            new Attempt("DEL", "@key"),
            new Attempt("PTTL", "@key"),
            new Attempt("TIME"),
            new Attempt("EVAL", "return 1", "1", "@key"),
            new Attempt("EVALSHA", "0000000000000000000000000000000000000000", "1", "@key"),
            new Attempt("UNLINK", "@key"),
            new Attempt("INFO"));

    /** A command with arguments; {@code @key} stands for a key of the key space. */
    record Attempt(String command, List<String> arguments) {
        Attempt(String command, String... arguments) {
            this(command, List.of(arguments));
        }
    }

    /** The oldest server that is supported: expiry as a deadline and conditional writes need it. */
    public static final String OLDEST = "6.2";

    /** Asks a server. */
    static RedisReadiness of(RedisLink link, List<Attempt> attempts, String keyPrefix) {
        Map<String, String> server = link.info("server");
        Map<String, String> memory = link.info("memory");
        String version = server.getOrDefault("valkey_version", server.getOrDefault("redis_version", "0"));
        return new RedisReadiness(
                version,
                Long.parseLong(memory.getOrDefault("used_memory", "0")),
                Long.parseLong(memory.getOrDefault("maxmemory", "0")),
                memory.getOrDefault("maxmemory_policy", "noeviction"),
                forbidden(link, attempts, keyPrefix),
                atLeast(version, 7, 2));
    }

    /** Of a server whose target keys start with {@code keyPrefix}. */
    public static RedisReadiness ofTarget(RedisLink link, String keyPrefix) {
        return of(link, WRITING, keyPrefix);
    }

    /** Of a server whose legacy keys start with {@code keyPrefix}. */
    public static RedisReadiness ofLegacy(RedisLink link, String keyPrefix) {
        return of(link, READING, keyPrefix);
    }

    private static List<String> forbidden(RedisLink link, List<Attempt> attempts, String keyPrefix) {
        return link.call(redis -> {
            List<String> refused = new ArrayList<>();
            if (attempts.isEmpty()) {
                return List.of();
            }
            // not the client's transaction: it reads the reply to MULTI later, so that ours would be one off
            Connection connection = redis.getConnection();
            connection.sendCommand(Protocol.Command.MULTI);
            connection.getStatusCodeReply();
            for (Attempt attempt : attempts) {
                if (!queue(connection, attempt, keyPrefix + "cm-permission-check")) {
                    refused.add(attempt.command());
                }
            }
            connection.sendCommand(Protocol.Command.DISCARD);
            connection.getStatusCodeReply();
            return List.copyOf(refused);
        });
    }

    private static boolean queue(Connection connection, Attempt attempt, String key) {
        String[] arguments = attempt.arguments().stream()
                .map(argument -> argument.equals("@key") ? key : argument)
                .toArray(String[]::new);
        connection.sendCommand(Protocol.Command.valueOf(attempt.command()), arguments);
        try {
            connection.getStatusCodeReply();
            return true;
        } catch (JedisDataException e) {
            if (String.valueOf(e.getMessage()).toUpperCase(Locale.ROOT).contains("NOPERM")) {
                return false;
            }
            if (e instanceof JedisRedirectionException) {
                // permissions are checked first, so that another server of a cluster has the key, and this is allowed
                return true;
            }
            throw e;
        }
    }

    /** Whether a version is {@code major.minor} or later. */
    static boolean atLeast(String version, int major, int minor) {
        String[] parts = version.split("[.-]");
        int first = parts.length > 0 && parts[0].matches("\\d+") ? Integer.parseInt(parts[0]) : 0;
        int second = parts.length > 1 && parts[1].matches("\\d+") ? Integer.parseInt(parts[1]) : 0;
        return first > major || (first == major && second >= minor);
    }

    /** Whether the server is one that is supported. */
    public boolean isSupported() {
        return atLeast(version, 6, 2);
    }

    /** Whether reading a key may decide which keys are evicted later. */
    public boolean accessTimesEvict() {
        String name = policy.toLowerCase(Locale.ROOT);
        return name.contains("lru") || name.contains("lfu");
    }
}
