package io.cachemigrator.cache.spring;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.util.Map;
import java.util.UUID;
import org.springframework.cache.interceptor.SimpleKey;

/** Ids of a region for the keys of Spring. */
final class KeyTexts {
    private KeyTexts() {}

    /**
     * The id: a text stands for itself, and any other simple key for its class and its text, so that two keys share one only if
     * they are equal. (A text that looks like another key's id has a mark before it.)
     *
     * @throws ValidationException for another key, such as one of several arguments, whose text may be that of others too
     */
    static String id(Object key) {
        if (key instanceof String text) {
            return text.isEmpty() || text.charAt(0) == '#' ? "##" + text : text;
        }
        if (SimpleKey.EMPTY.equals(key)) {
            return "#none";
        }
        boolean simple = key instanceof Integer
                || key instanceof Long
                || key instanceof Short
                || key instanceof Byte
                || key instanceof Boolean
                || key instanceof Character
                || key instanceof UUID
                || key instanceof Enum<?>;
        if (!simple) {
            throw new ValidationException(
                    CacheErrorCode.BAD_ARGUMENT,
                    "A key of the type " + key.getClass().getName()
                            + " has no text that no other key has. Name a simple key"
                            + " in the annotation, such as an id, or join several into a text.",
                    Map.of("type", key.getClass().getName()));
        }
        return key instanceof Enum<?> constant
                ? "#" + constant.getDeclaringClass().getSimpleName() + ":" + constant.name()
                : "#" + key.getClass().getSimpleName() + ":" + key;
    }
}
