package io.cachemigrator.migrator.data;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * How a server tells when a key expires: as the point in time where it can, and else as what is left, counted from its time a
 * moment before.
 *
 * @param exact whether it can
 */
record RedisDeadlines(boolean exact) {
    private static final long GONE = -2;

    /** Of a server of a version. */
    static RedisDeadlines of(Jedis redis, String version) {
        if (!RedisReadiness.atLeast(version, 7, 0)) {
            return new RedisDeadlines(false);
        }
        try {
            redis.pexpireTime("cm-permission-check");
            return new RedisDeadlines(true);
        } catch (JedisDataException refused) {
            // not allowed to this user, or another server's: a cluster's tells only of keys that it has
            return new RedisDeadlines(String.valueOf(refused.getMessage()).startsWith("MOVED"));
        }
    }

    /** The command that tells, which has the key alone. */
    Protocol.Command command() {
        return exact ? Protocol.Command.PEXPIRETIME : Protocol.Command.PTTL;
    }

    Response<Long> ask(Pipeline pipeline, byte[] key) {
        return exact ? pipeline.pexpireTime(key) : pipeline.pttl(key);
    }

    /** What is left of a key's life at a time, from the answer: -1 = it does not expire, -2 = it is gone. */
    long ttl(long answer, Instant readAt) {
        if (!exact || answer < 0) {
            return answer;
        }
        long left = answer - readAt.toEpochMilli();
        return left <= 0 ? GONE : left;
    }

    /** The server's time, from the answer as it comes. */
    static Instant ofAnswer(Object answer) {
        List<?> time = (List<?>) answer;
        return instant(List.of(text(time.get(0)), text(time.get(1))));
    }

    private static String text(@Nullable Object bytes) {
        return new String((byte[]) Objects.requireNonNull(bytes), StandardCharsets.US_ASCII);
    }

    static Instant instant(List<String> time) {
        return Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1000);
    }
}
