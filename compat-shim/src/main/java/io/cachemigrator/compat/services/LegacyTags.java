package io.cachemigrator.compat.services;

import io.cachemigrator.compat.store.LegacyConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The index of tags in the legacy layout: a Redis set for each tag, {@code namespace:tag:TAG}, of the keys that may carry it.
 * It lives as long as its longest-lived member. What counts is the entry, so members that are gone or have lost the tag do no
 * harm and are taken out when they are met. Thread safe.
 */
final class LegacyTags {
    private static final byte[] ADD = ("for i = 1, #KEYS do redis.call('SADD', KEYS[i], ARGV[1]) "
                    + "local left = redis.call('PTTL', KEYS[i]) local want = tonumber(ARGV[2]) "
                    + "if want < 0 then redis.call('PERSIST', KEYS[i]) "
                    + "elseif redis.call('SCARD', KEYS[i]) == 1 or (left >= 0 and left < want) then "
                    + "redis.call('PEXPIRE', KEYS[i], want) end end return 1")
            .getBytes(StandardCharsets.US_ASCII);

    private final LegacyConnection connection;
    private final String prefix;

    LegacyTags(LegacyConnection connection, String namespacePrefix) {
        this.connection = connection;
        this.prefix = namespacePrefix + "tag:";
    }

    /**
     * Adds a key to the sets of its tags.
     *
     * @param millis time to live of the entry; negative = for ever
     * @throws JedisException if the server does not answer
     */
    void add(String key, Collection<String> tags, long millis) {
        if (!tags.isEmpty()) {
            List<byte[]> sets = tags.stream().map(this::bytes).toList();
            List<byte[]> arguments = new ArrayList<>();
            arguments.add(key.getBytes(StandardCharsets.UTF_8));
            arguments.add(String.valueOf(millis).getBytes(StandardCharsets.US_ASCII));
            connection.repeatable(redis -> redis.eval(ADD, sets, arguments));
        }
    }

    /**
     * The keys that may carry a tag.
     *
     * @throws JedisException if the server does not answer
     */
    Set<String> keysOf(String tag) {
        Set<byte[]> members = connection.repeatable(redis -> redis.smembers(bytes(tag)));
        return members.stream()
                .map(member -> new String(member, StandardCharsets.UTF_8))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Takes keys out of a tag's set. */
    void remove(String tag, Collection<String> keys) {
        if (!keys.isEmpty()) {
            byte[][] members = keys.stream()
                    .map(key -> key.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
            connection.repeatable(redis -> redis.srem(bytes(tag), members));
        }
    }

    private byte[] bytes(@Nullable String tag) {
        return (prefix + tag).getBytes(StandardCharsets.UTF_8);
    }
}
