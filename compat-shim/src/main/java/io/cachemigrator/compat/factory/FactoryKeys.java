package io.cachemigrator.compat.factory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the keys of the legacy layout say by themselves. */
final class FactoryKeys {
    /** What the keys of a language model's answers start with; all others are an application's own. */
    static final String ANSWERS = "ai_cache:";

    private static final String OPERATION = ANSWERS + "op:";
    private static final String TEXT = "|txt:";
    private static final String TAG = "operation:";

    private FactoryKeys() {}

    /** The tag of the operation that a key names; empty for keys that name none. */
    static List<String> tags(String key) {
        int end = key.startsWith(OPERATION) ? key.indexOf(TEXT, OPERATION.length()) : -1;
        return end < 0 ? List.of() : List.of(TAG + key.substring(OPERATION.length(), end));
    }

    /**
     * What the keys with a tag start with: the whole segment of an operation, so that one name does not stand for a longer one.
     *
     * @return null where no key can carry the tag
     */
    static @Nullable String prefixOf(String tag) {
        return tag.startsWith(TAG) ? OPERATION + tag.substring(TAG.length()) + TEXT : null;
    }
}
