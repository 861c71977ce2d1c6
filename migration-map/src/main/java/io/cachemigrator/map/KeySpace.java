package io.cachemigrator.map;

import io.cachemigrator.map.encoding.LegacyEncoding;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of legacy keys with one pattern, encoding and TTL rule.
 *
 * @param name unique in its map
 * @param description what is stored there, for users; may be empty
 * @param pattern literal text with parameters and, at its end, variables in braces: see the reference of patterns in
 *     {@link KeySpaceMatcher}
 * @param redisTypes the types of Redis keys that belong here; others are reported
 * @param encodings the encodings of values that belong here; others are reported
 * @param ttl the TTL rule
 * @param strategy what becomes of it
 * @param transform the transform, or null where the strategy is another
 * @param target where entries go, or null where they are not carried over
 * @param open whether it claims every key that no other does; what its values or types show to be somebody else's is left and
 *     counted then, not set aside
 */
public record KeySpace(
        String name,
        String description,
        String pattern,
        Set<RedisType> redisTypes,
        Set<LegacyEncoding> encodings,
        TtlRule ttl,
        Strategy strategy,
        @Nullable Transform transform,
        @Nullable Target target,
        boolean open) {
    /** Takes copies of the sets. */
    public KeySpace {
        redisTypes = ordered(redisTypes);
        encodings = ordered(encodings);
    }

    /** A copy that is quick to ask and prints in the order of the constants. */
    private static <E extends Enum<E>> Set<E> ordered(Set<E> values) {
        return values.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(values));
    }
}
