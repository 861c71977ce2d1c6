package io.cachemigrator.cache.domain.ai;

/**
 * What a model, or what stands in for it, has answered. Immutable.
 *
 * @param value the answer
 * @param worthKeeping whether it is the real thing: an answer that only helps out is given to the caller and not stored
 */
public record AiAnswer<T>(T value, boolean worthKeeping) {

    /** An answer to be kept. */
    public static <T> AiAnswer<T> of(T value) {
        return new AiAnswer<>(value, true);
    }

    /** An answer that only helps out. */
    public static <T> AiAnswer<T> helpingOut(T value) {
        return new AiAnswer<>(value, false);
    }
}
