package io.cachemigrator.compat.store;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheHealth.Status;
import io.cachemigrator.cache.CacheHealth.TierHealth;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Legacy entries as what they are to Redis: one string for each, by its whole key. Knows nothing of what is in the bytes.
 * Nothing throws because the server does not answer, unless it is said. Thread safe.
 */
public final class LegacyTexts implements AutoCloseable {
    private static final String FOREIGN = "the key holds a type of Redis that is not text";
    private static final long GONE = -2;
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final LegacyConnection connection;

    /** Over a connection, which is closed with this. */
    public LegacyTexts(LegacyConnection connection) {
        this.connection = connection;
    }

    /** The connection. */
    public LegacyConnection connection() {
        return connection;
    }

    /** The bytes under a key, without their deadline. */
    public Lookup<byte[]> get(String key) {
        try {
            byte[] text = connection.repeatable(redis -> redis.get(bytes(key)));
            return text == null ? new Lookup.Absent<>() : new Lookup.Present<>(text, null);
        } catch (JedisException e) {
            return failed(e);
        }
    }

    /** The bytes under a key with their deadline by the server's clock, read together. */
    public Lookup<byte[]> timed(String key) {
        try {
            EntryState<byte[]> state = state(
                    connection.repeatable(redis -> redis.eval(LegacyScripts.STATE, List.of(bytes(key)), List.of())));
            return state instanceof EntryState.Present<byte[]> present
                    ? new Lookup.Present<>(present.value(), present.deadline())
                    : new Lookup.Absent<>();
        } catch (JedisException e) {
            return failed(e);
        }
    }

    private static <T> Lookup<T> failed(JedisException e) {
        return LegacyConnection.isRefusal(e)
                ? new Lookup.Undecodable<>(FOREIGN)
                : new Lookup.Unavailable<>(LegacyConnection.reason(e));
    }

    /** The bytes under several keys, in one command and without deadlines; other types of Redis count as absent. */
    public Map<String, Lookup<byte[]>> getAll(Collection<String> keys) {
        Map<String, Lookup<byte[]>> found = new LinkedHashMap<>();
        List<String> distinct = keys.stream().distinct().toList();
        try {
            byte[][] names = distinct.stream().map(LegacyTexts::bytes).toArray(byte[][]::new);
            List<byte[]> texts = connection.repeatable(redis -> redis.mget(names));
            for (int i = 0; i < distinct.size(); i++) {
                byte[] text = texts.get(i);
                found.put(distinct.get(i), text == null ? new Lookup.Absent<>() : new Lookup.Present<>(text, null));
            }
        } catch (JedisException e) {
            String reason = LegacyConnection.reason(e);
            distinct.forEach(key -> found.put(key, new Lookup.Unavailable<>(reason)));
        }
        return found;
    }

    /** Stores bytes; without a time to live they stay. */
    public WriteOutcome put(String key, byte[] text, WriteOptions options) {
        SetParams params = params(options);
        switch (options.condition()) {
            case IF_ABSENT -> params.nx();
            case IF_PRESENT -> params.xx();
            case ALWAYS -> {}
        }
        Function<RedisClient, Boolean> command = redis -> redis.set(bytes(key), text, params) != null;
        return options.condition() == WriteOptions.Condition.ALWAYS ? repeatable(command) : once(command);
    }

    /** Stores several in one transaction. */
    public WriteOutcome putAll(Map<String, byte[]> texts, WriteOptions options) {
        SetParams params = params(options);
        return repeatable(redis -> {
            try (AbstractTransaction transaction = redis.multi()) {
                texts.forEach((key, text) -> transaction.set(bytes(key), text, params));
                return transaction.exec() != null;
            }
        });
    }

    /** Removes a key. */
    public WriteOutcome delete(String key) {
        return once(redis -> redis.del(bytes(key)) > 0);
    }

    /** Whether a key is there, without reading it. */
    public WriteOutcome exists(String key) {
        return repeatable(redis -> redis.exists(bytes(key)));
    }

    /** Gives a key a new time to live; zero or negative removes it. */
    public WriteOutcome expire(String key, Duration ttl) {
        if (ttl.isZero() || ttl.isNegative()) {
            return delete(key);
        }
        return repeatable(redis -> redis.pexpire(bytes(key), millis(ttl)) == 1);
    }

    /** What is under several keys, each read by one script, so that value, deadline and time belong together. */
    public Map<String, EntryState<byte[]>> states(Collection<String> keys) {
        Map<String, EntryState<byte[]>> states = new LinkedHashMap<>();
        List<String> distinct = keys.stream().distinct().toList();
        try {
            List<Object> answers = connection.repeatable(redis -> {
                try (AbstractPipeline pipeline = redis.pipelined()) {
                    List<Response<Object>> asked = distinct.stream()
                            .map(key -> pipeline.eval(LegacyScripts.STATE, List.of(bytes(key)), List.of()))
                            .toList();
                    pipeline.sync();
                    return asked.stream().map(LegacyTexts::answer).toList();
                }
            });
            for (int i = 0; i < distinct.size(); i++) {
                states.put(distinct.get(i), state(answers.get(i)));
            }
        } catch (JedisException e) {
            String reason = LegacyConnection.reason(e);
            distinct.forEach(key -> states.put(key, new EntryState.Unknown<>(reason)));
        }
        return states;
    }

    /** Whether a state is unknown because the key holds another type of Redis, and not because nobody answered. */
    public static boolean isForeign(EntryState.Unknown<?> state) {
        return state.reason().equals(FOREIGN);
    }

    private static Object answer(Response<Object> response) {
        try {
            return response.get();
        } catch (JedisDataException e) {
            if (LegacyConnection.isRefusal(e)) {
                return e;
            }
            throw e;
        }
    }

    private static EntryState<byte[]> state(Object answer) {
        if (!(answer instanceof List<?> parts)) {
            return new EntryState.Unknown<>(FOREIGN);
        }
        long micros = Long.parseLong(new String((byte[]) parts.get(0), StandardCharsets.US_ASCII));
        Instant asOf = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        long left = (Long) parts.get(1);
        if (left == GONE) {
            return new EntryState.Absent<>(asOf);
        }
        Instant deadline = left < 0 ? null : Instant.ofEpochMilli(micros / 1_000 + left);
        return new EntryState.Present<>((byte[]) parts.get(2), asOf, deadline);
    }

    /** Whatever is there is replaced: a legacy layout has no place for the time of a state. */
    public Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
        WriteOutcome outcome = repeatable(redis -> {
            try (AbstractPipeline pipeline = redis.pipelined()) {
                List<Response<?>> answers = new ArrayList<>(states.size());
                states.forEach((key, state) -> answers.add(apply(pipeline, bytes(key), state)));
                pipeline.sync();
                // one that was refused throws
                answers.forEach(Response::get);
                return true;
            }
        });
        Map<String, WriteOutcome> outcomes = new LinkedHashMap<>();
        states.keySet().forEach(key -> outcomes.put(key, outcome));
        return outcomes;
    }

    /**
     * Takes over a state if the key still holds another one.
     *
     * @return whether it was taken over; not if the key has changed
     * @throws JedisException if the server does not answer
     */
    public boolean replace(String key, EntryState<byte[]> expected, EntryState<byte[]> wanted) {
        List<byte[]> arguments = new ArrayList<>(arguments(expected));
        arguments.addAll(arguments(wanted));
        Object made = connection.repeatable(redis -> redis.eval(LegacyScripts.REPLACE, List.of(bytes(key)), arguments));
        return Long.valueOf(1).equals(made);
    }

    /** Deadline in milliseconds since the epoch, -1 for none, -2 for no entry; and the text. */
    private static List<byte[]> arguments(EntryState<byte[]> state) {
        if (state instanceof EntryState.Present<byte[]> present) {
            Instant deadline = present.deadline();
            String millis = deadline == null ? "-1" : String.valueOf(deadline.toEpochMilli());
            return List.of(ascii(millis), present.value() == null ? NULL : present.value());
        }
        return List.of(ascii("-2"), new byte[0]);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Response<?> apply(AbstractPipeline pipeline, byte[] key, EntryState<byte[]> state) {
        if (state instanceof EntryState.Present<byte[]> present) {
            byte[] text = present.value() == null ? NULL : present.value();
            Instant deadline = present.deadline();
            SetParams params = new SetParams();
            return pipeline.set(key, text, deadline == null ? params : params.pxAt(deadline.toEpochMilli()));
        }
        if (state instanceof EntryState.Absent) {
            return pipeline.del(key);
        }
        throw new IllegalArgumentException(
                "A state that is not known cannot be taken over. Ask for it again, and hand over what is found then.");
    }

    /** Asks the server how it is. */
    public CacheHealth health() {
        TierHealth tier;
        try {
            String info = connection.repeatable(RedisClient::info);
            long start = System.nanoTime();
            connection.once(RedisClient::ping);
            Duration latency = Duration.ofNanos(System.nanoTime() - start);
            tier = new TierHealth(Status.UP, null, latency, ServerFacts.of(info));
        } catch (JedisException e) {
            tier = new TierHealth(Status.DOWN, LegacyConnection.reason(e), null, Map.of());
        }
        return new CacheHealth(tier.status(), Map.of("redis", tier));
    }

    @Override
    public void close() {
        connection.close();
    }

    private WriteOutcome repeatable(Function<RedisClient, Boolean> command) {
        return outcome(() -> connection.repeatable(command));
    }

    private WriteOutcome once(Function<RedisClient, Boolean> command) {
        return outcome(() -> connection.once(command));
    }

    private static WriteOutcome outcome(Supplier<Boolean> command) {
        try {
            return command.get() ? WriteOutcome.STORED : WriteOutcome.CONDITION_NOT_MET;
        } catch (JedisException e) {
            return WriteOutcome.UNAVAILABLE;
        }
    }

    private static SetParams params(WriteOptions options) {
        SetParams params = new SetParams();
        Duration ttl = options.ttl();
        return ttl == null || ttl.equals(WriteOptions.NO_EXPIRY) ? params : params.px(millis(ttl));
    }

    private static long millis(Duration ttl) {
        return Math.max(1, ttl.toMillis());
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
