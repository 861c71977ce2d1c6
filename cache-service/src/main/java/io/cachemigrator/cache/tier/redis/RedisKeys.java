package io.cachemigrator.cache.tier.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Names of keys. Entries are {@code {prefix}{region}:{id}}; no region's name starts as those of the tier's own keys do. The
 * braces in those keep them on one server of a cluster.
 */
final class RedisKeys {
    private final String prefix;

    RedisKeys(String prefix) {
        this.prefix = prefix;
    }

    byte[] prefix() {
        return prefix.getBytes(UTF_8);
    }

    byte[] entry(String region, String id) {
        return (prefix + region + ":" + id).getBytes(UTF_8);
    }

    /** Time of the last invalidation of a region; an empty region stands for all of them. */
    byte[] epoch(String region) {
        return (prefix + "{!}epoch:" + region).getBytes(UTF_8);
    }

    byte[] tag(String region, String tag) {
        return (prefix + "{!}tag:" + region + ":" + tag).getBytes(UTF_8);
    }

    byte[] prefixes(String region) {
        return (prefix + "{!}prefix:" + region).getBytes(UTF_8);
    }

    /** Whether some process keeps copies of a region's entries in its memory. */
    byte[] copies(String region) {
        return (prefix + "{!}copies:" + region).getBytes(UTF_8);
    }

    /** The newest deletion in each part of a region's ids. */
    byte[] deleted(String region) {
        return (prefix + "{!}deleted:" + region).getBytes(UTF_8);
    }

    /** What processes tell each other of changes. */
    byte[] log() {
        return (prefix + "{!}log").getBytes(UTF_8);
    }

    byte[] index(String region, String tag) {
        return (prefix + "{!}index:" + region + ":" + tag).getBytes(UTF_8);
    }

    /** The right to load an entry. Nothing else is read with it, so that a cluster spreads leases. */
    byte[] lease(String region, String id) {
        return (prefix + "!lease:" + region + ":" + id).getBytes(UTF_8);
    }

    /** The pattern that matches what starts with these bytes: those that patterns give a meaning are escaped. */
    static byte[] patternOf(byte[] start) {
        ByteArrayOutputStream pattern = new ByteArrayOutputStream(start.length + 8);
        for (byte each : start) {
            if (each == '*' || each == '?' || each == '[' || each == ']' || each == '^' || each == '\\') {
                pattern.write('\\');
            }
            pattern.write(each);
        }
        pattern.write('*');
        return pattern.toByteArray();
    }
}
