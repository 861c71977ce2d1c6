package io.cachemigrator.cache.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.contract.EmbeddedRedis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/** The same commands in the same order to Redis itself, through its client, and to a text cache. */
@Tag("REC-3")
class TextCacheDifferentialTest {
    private static final int COMMANDS = 4_000;
    private static final String[] KEYS = {"a", "b", "user:1", "user:2", "ключ"};
    private static final String[] TEXTS = {
        "",
        "x",
        "текст",
        "7",
        "-3",
        "007",
        "+1",
        " 1",
        "9223372036854775807",
        "-9223372036854775808",
        "1.5",
        "{\"a\":1}",
        "\"quoted\"",
        "half \uD83D"
    };
    private static final long[] AMOUNTS_TO_TAKE = {1, 5, -7, 0, Long.MAX_VALUE};
    private static final long[] AMOUNTS = {1, 5, -7, 0, Long.MAX_VALUE, Long.MIN_VALUE};
    /** Far apart, so that what a command takes does not matter. */
    private static final long[] WITHIN_A_THOUSAND_YEARS = {1_000, 100_000, 0, -5};

    private static final long[] SECONDS = {1_000, 100_000, 0, -5, Long.MAX_VALUE};

    private final EmbeddedRedis redis = new EmbeddedRedis();
    private final Jedis jedis = new Jedis("127.0.0.1", redis.port());
    private final TextCache cache = new TextCache("127.0.0.1", redis.port());

    @AfterEach
    void close() {
        cache.close();
        jedis.close();
        redis.close();
    }

    /** A command to both. */
    private record Command(String text, Function<Jedis, Object> there, Function<TextCache, Object> here) {}

    /** Kinds of commands, each made with a source of chance. */
    private static final Map<String, Function<Random, Command>> KINDS = new TreeMap<>();

    private static void kind(
            String name, BiFunction<Jedis, String, Object> there, BiFunction<TextCache, String, Object> here) {
        KINDS.put(name, random -> {
            String key = one(KEYS, random);
            return new Command(name + " " + key, it -> there.apply(it, key), it -> here.apply(it, key));
        });
    }

    /** A command with a key and a number. */
    private interface Numbered<C> {
        Object apply(C cache, String key, long number);
    }

    private static void kind(String name, long[] numbers, Numbered<Jedis> there, Numbered<TextCache> here) {
        KINDS.put(name, random -> {
            String key = one(KEYS, random);
            long number = numbers[random.nextInt(numbers.length)];
            return new Command(
                    name + " " + key + " " + number,
                    it -> there.apply(it, key, number),
                    it -> here.apply(it, key, number));
        });
    }

    /** A command with a key, a number and a text. */
    private interface Written<C> {
        Object apply(C cache, String key, long number, String text);
    }

    private static void written(String name, Written<Jedis> there, Written<TextCache> here) {
        KINDS.put(name, random -> {
            String key = one(KEYS, random);
            String text = one(TEXTS, random);
            long number = SECONDS[random.nextInt(SECONDS.length)];
            return new Command(
                    name + " " + key + " " + number + " '" + text + "'",
                    it -> there.apply(it, key, number, text),
                    it -> here.apply(it, key, number, text));
        });
    }

    private static void several(
            String name, BiFunction<Jedis, String[], Object> there, BiFunction<TextCache, String[], Object> here) {
        KINDS.put(name, random -> {
            String[] keys = random.ints(random.nextInt(4), 0, KEYS.length)
                    .mapToObj(at -> KEYS[at])
                    .toArray(String[]::new);
            return new Command(
                    name + " " + Arrays.toString(keys), it -> there.apply(it, keys), it -> here.apply(it, keys));
        });
    }

    static {
        kind("get", Jedis::get, TextCache::get);
        kind("del", (it, key) -> it.del(key), (it, key) -> it.del(key));
        kind("unlink", (it, key) -> it.unlink(key), (it, key) -> it.unlink(key));
        kind("exists", (it, key) -> it.exists(key), (it, key) -> it.exists(key));
        kind("strlen", Jedis::strlen, TextCache::strlen);
        kind("persist", Jedis::persist, TextCache::persist);
        kind("ttl", (it, key) -> about(it.ttl(key)), (it, key) -> about(it.ttl(key)));
        kind("pttl", (it, key) -> aboutMillis(it.pttl(key)), (it, key) -> aboutMillis(it.pttl(key)));
        kind("incr", Jedis::incr, TextCache::incr);
        kind("decr", Jedis::decr, TextCache::decr);
        kind("incrBy", AMOUNTS, Jedis::incrBy, TextCache::incrBy);
        // old servers wrap the smallest amount around where new ones refuse it
        kind("decrBy", AMOUNTS_TO_TAKE, Jedis::decrBy, TextCache::decrBy);
        kind("expire", SECONDS, Jedis::expire, TextCache::expire);
        kind(
                "pexpire",
                SECONDS,
                (it, key, s) -> it.pexpire(key, millis(s)),
                (it, key, s) -> it.pexpire(key, millis(s)));
        kind("expireAt", SECONDS, (it, key, s) -> it.expireAt(key, at(s)), (it, key, s) -> it.expireAt(key, at(s)));
        kind(
                "pexpireAt",
                WITHIN_A_THOUSAND_YEARS,
                (it, key, s) -> it.pexpireAt(key, millis(at(s))),
                (it, key, s) -> it.pexpireAt(key, millis(at(s))));
        written("set", (it, key, s, text) -> it.set(key, text), (it, key, s, text) -> it.set(key, text));
        written("setex", (it, key, s, text) -> it.setex(key, s, text), (it, key, s, text) -> it.setex(key, s, text));
        written(
                "psetex",
                (it, key, s, text) -> it.psetex(key, millis(s), text),
                (it, key, s, text) -> it.psetex(key, millis(s), text));
        written("setnx", (it, key, s, text) -> it.setnx(key, text), (it, key, s, text) -> it.setnx(key, text));
        written(
                "set nx",
                (it, key, s, text) -> it.set(key, text, new SetParams().nx()),
                (it, key, s, text) -> it.set(key, text, new SetOptions().nx()));
        written(
                "set xx px",
                (it, key, s, text) -> it.set(key, text, new SetParams().xx().px(millis(s))),
                (it, key, s, text) -> it.set(key, text, new SetOptions().xx().px(millis(s))));
        written(
                "set ex",
                (it, key, s, text) -> it.set(key, text, SetParams.setParams().ex(s)),
                (it, key, s, text) -> it.set(key, text, SetOptions.setParams().ex(s)));
        written(
                "set of old",
                (it, key, s, text) -> it.set(key, text, new SetParams().nx().ex(s)),
                (it, key, s, text) -> it.set(key, text, "nx", "EX", s));
        several("mget", (it, keys) -> it.mget(keys), (it, keys) -> it.mget(keys));
        several("mset", (it, keys) -> it.mset(texts(keys)), (it, keys) -> it.mset(texts(keys)));
        several("dels", (it, keys) -> it.del(keys), (it, keys) -> it.del(keys));
        several("unlinks", (it, keys) -> it.unlink(keys), (it, keys) -> it.unlink(keys));
        several("existing", (it, keys) -> it.exists(keys), (it, keys) -> it.exists(keys));
    }

    /** Each key with a text of its own; an odd number of arguments fails in the client, before Redis sees it. */
    private static String[] texts(String[] keys) {
        return Stream.of(keys).flatMap(key -> Stream.of(key, key + "'s")).toArray(String[]::new);
    }

    private static String one(String[] texts, Random random) {
        return texts[random.nextInt(texts.length)];
    }

    private static long millis(long seconds) {
        return seconds == Long.MAX_VALUE ? seconds : seconds * 1_000;
    }

    private static long at(long seconds) {
        return seconds == Long.MAX_VALUE || seconds <= 0 ? seconds : System.currentTimeMillis() / 1_000 + seconds;
    }

    private static long aboutMillis(long millis) {
        return millis < 0 ? millis : about(millis / 1_000);
    }

    /** What is left of one of the times to live that are given, so that a slow machine matters not. */
    private static long about(long seconds) {
        return seconds < 0 ? seconds : seconds > 1_000 ? 100_000 : 1_000;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20260102, 424242})
    void results_ofRandomCommands_areThoseOfRedis(long seed) {
        Random random = new Random(seed);
        List<Function<Random, Command>> kinds = List.copyOf(KINDS.values());
        List<String> done = new ArrayList<>();
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < COMMANDS; i++) {
            Command command = kinds.get(random.nextInt(kinds.size())).apply(random);
            String there = answer(() -> command.there().apply(jedis));
            done.add(command.text() + " -> " + there);
            answers.merge(there, 1, Integer::sum);
            assertThat(answer(() -> command.here().apply(cache)))
                    .as("%s", String.join("\n", done.subList(Math.max(0, i - 20), i + 1)))
                    .isEqualTo(there);
        }
        // the commands met every kind of answer
        assertThat(answers)
                .containsKeys("OK", "null", "refused", "0", "1", "-1", "-2", "1000", "100000", "true", "false");
    }

    private interface Answer {
        Object get();
    }

    private static String answer(Answer command) {
        try {
            return String.valueOf(command.get());
        } catch (JedisDataException | TextCacheDataException refused) {
            return "refused";
        }
    }
}
