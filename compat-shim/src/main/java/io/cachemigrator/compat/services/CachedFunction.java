package io.cachemigrator.compat.services;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A function whose results are kept under {@code prefix:digest}, where the digest is that of its arguments as text, joined by
 * underscores: so {@code ("a_b", "c")} and {@code ("a", "b_c")} share a result, as ever. Give a key function where that
 * matters. Immutable and thread safe.
 *
 * @param <R> type of the results
 * @deprecated use {@link io.cachemigrator.cache.Region#getOrLoad(String, Function)}, which also loads once for many callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public final class CachedFunction<R> {
    private final RedisCacheService cache;
    private final String prefix;
    private final Duration ttl;
    private final Class<R> type;
    private final Function<List<Object>, ? extends @Nullable R> function;
    private final Function<List<Object>, String> keyFunction;
    private final boolean cacheNull;

    private CachedFunction(
            RedisCacheService cache,
            String prefix,
            Duration ttl,
            Class<R> type,
            Function<List<Object>, ? extends @Nullable R> function,
            Function<List<Object>, String> keyFunction,
            boolean cacheNull) {
        this.cache = cache;
        this.prefix = prefix;
        this.ttl = ttl;
        this.type = type;
        this.function = function;
        this.keyFunction = keyFunction;
        this.cacheNull = cacheNull;
    }

    /**
     * Wraps a function.
     *
     * @param prefix what keys start with, mostly the function's name
     * @param ttl how long a result is kept; zero = the cache's default
     * @param type of the results, as JSON can carry it
     * @param function called with the arguments, none of which is null
     * @deprecated use {@link io.cachemigrator.cache.Region#getOrLoad(String, Function)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public static <R> CachedFunction<R> cached(
            RedisCacheService cache,
            String prefix,
            Duration ttl,
            Class<R> type,
            Function<List<Object>, ? extends @Nullable R> function) {
        LegacyUsage.shared().record(CachedFunction.class, "cached", "Region.getOrLoad(...)");
        return new CachedFunction<>(cache, prefix, ttl, type, function, CachedFunction::digest, false);
    }

    /**
     * A copy that names results by itself instead of by a digest of the arguments; the prefix stays in front.
     *
     * @deprecated choose the id that {@link io.cachemigrator.cache.Region#getOrLoad(String, Function)} is given
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public CachedFunction<R> withKeys(Function<List<Object>, String> keys) {
        return new CachedFunction<>(cache, prefix, ttl, type, function, keys, cacheNull);
    }

    /**
     * A copy that stores a null, too; a stored null is a miss all the same, as it always was.
     *
     * @deprecated store what stands for nothing
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public CachedFunction<R> withNulls() {
        return new CachedFunction<>(cache, prefix, ttl, type, function, keyFunction, true);
    }

    /**
     * The kept result for these arguments, else the function's, which is then kept. Without a server the function is called.
     *
     * @deprecated use {@link io.cachemigrator.cache.Region#getOrLoad(String, Function)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public @Nullable R call(Object... arguments) {
        LegacyUsage.shared().record(CachedFunction.class, "call", "Region.getOrLoad(...)");
        List<Object> given = List.of(arguments);
        String key = keyOf(given);
        Lookup<R> found = cache.runtime().cache().lookup(key, type);
        R kept = found.valueOrNull();
        if (kept != null) {
            return kept;
        }
        R made = function.apply(given);
        if (made != null || cacheNull) {
            cache.runtime().cache().set(key, made, ttl);
        }
        return made;
    }

    /**
     * Calls an action, then removes the kept result for the same arguments.
     *
     * @return whether there was one
     * @deprecated use {@link io.cachemigrator.cache.Region#delete(String)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean invalidateCache(Runnable action, Object... arguments) {
        LegacyUsage.shared().record(CachedFunction.class, "invalidateCache", "Region.delete(...)");
        action.run();
        return cache.runtime().cache().delete(keyOf(List.of(arguments)));
    }

    private String keyOf(List<Object> arguments) {
        return prefix + ":" + keyFunction.apply(arguments);
    }

    private static String digest(List<Object> arguments) {
        String text = arguments.stream().map(CachedFunction::text).collect(Collectors.joining("_"));
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has MD5.", impossible);
        }
    }

    private static String text(Object argument) {
        return argument instanceof Object[] array ? Arrays.toString(array) : argument.toString();
    }
}
