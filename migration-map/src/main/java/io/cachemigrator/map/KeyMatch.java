package io.cachemigrator.map;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a migration map says of one legacy key. */
public sealed interface KeyMatch {
    /** A key that no pattern of the map covers, or that is not UTF-8: it belongs to somebody else. */
    enum Unclaimed implements KeyMatch {
        /** The only value. */
        UNCLAIMED
    }

    /**
     * A key that is left as it is.
     *
     * @param exclusion the pattern and the reason
     */
    record Excluded(Exclusion exclusion) implements KeyMatch {}

    /** A key of a key space. Holds the key that was matched, which must not be changed. */
    final class Claimed implements KeyMatch {
        private final CompiledSpace space;
        private final byte[] key;

        Claimed(CompiledSpace space, byte[] key) {
            this.space = space;
            this.key = key;
        }

        /** The key space. */
        public KeySpace keySpace() {
            return space.keySpace();
        }

        /** The target region; empty where the key space is not carried over or its target is decided elsewhere. */
        public String region() {
            return space.region();
        }

        /** Tags that the entry gets in the target. */
        public List<String> tags() {
            return space.tags(tail());
        }

        /** The id in the target region, or null where the key space has no target of its own. */
        public @Nullable String targetId() {
            CompiledSpace.Affixes id = space.id();
            return id == null ? null : id.apply(tail());
        }

        /** The legacy key that the entry should have had, or null where the key space sets nothing right. */
        public byte @Nullable [] targetLegacyKey() {
            CompiledSpace.Affixes legacyKey = space.legacyKey();
            return legacyKey == null ? null : legacyKey.apply(tail()).getBytes(StandardCharsets.UTF_8);
        }

        /** The values of the pattern's variables, by name. */
        public Map<String, String> variables() {
            return space.pattern().variables(tail());
        }

        private String tail() {
            int start = space.prefixLength();
            return new String(key, start, key.length - start, StandardCharsets.UTF_8);
        }
    }
}
