package io.cachemigrator.map;

import io.cachemigrator.map.encoding.LegacyEncoding;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads key spaces and exclusions, and checks each by itself. */
final class KeySpaceReader {
    static final String[] FIELDS = {
        "name", "description", "pattern", "redisTypes", "encodings", "ttl", "strategy", "transform", "target", "open"
    };

    private static final Set<LegacyEncoding> PLAIN =
            EnumSet.complementOf(EnumSet.of(LegacyEncoding.FERNET, LegacyEncoding.MARKED));
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private KeySpaceReader() {}

    static KeySpace keySpace(ObjectReader fields) {
        fields.require("ttl");
        fields.require("strategy");
        Strategy strategy = fields.oneOf("strategy", Strategy.class);
        Transform transform = fields.oneOf("transform", Transform.class);
        if (strategy == Strategy.TRANSFORM) {
            fields.require("transform");
        } else if (strategy != null) {
            fields.forbid("transform", "is only for the strategy 'transform'");
        }
        return new KeySpace(
                name(fields, "name", fields.requiredText("name")),
                fields.text("description", ""),
                fields.requiredText("pattern"),
                fields.someOf("redisTypes", RedisType.class, Set.of(RedisType.STRING)),
                fields.someOf("encodings", LegacyEncoding.class, PLAIN),
                ttl(fields),
                strategy == null ? Strategy.DROP : strategy, // reported, so the map is not used
                transform,
                target(fields, strategy, transform),
                fields.flag("open"));
    }

    static Exclusion exclusion(ObjectReader fields) {
        return new Exclusion(fields.requiredText("pattern"), fields.requiredText("reason"));
    }

    private static String name(ObjectReader fields, String field, String name) {
        if (fields.has(field) && !NAME.matcher(name).matches()) {
            fields.problem(field, "A name here has lower-case letters, digits and hyphens.");
        }
        return name;
    }

    private static TtlRule ttl(ObjectReader fields) {
        if ("none".equals(fields.text("ttl"))) {
            return TtlRule.NONE;
        }
        Duration ttl = fields.duration("ttl");
        if (ttl == null || ttl.isNegative() || ttl.isZero()) {
            if (ttl != null) {
                fields.problem("ttl", "A time to live is positive, or 'none'.");
            }
            return TtlRule.NONE;
        }
        return new TtlRule(ttl);
    }

    private static @Nullable Target target(
            ObjectReader fields, @Nullable Strategy strategy, @Nullable Transform transform) {
        if (strategy == Strategy.COPY || strategy == Strategy.TRANSFORM) {
            fields.require("target");
        } else if (strategy != null) {
            fields.forbid("target", "is only for what is carried over");
            return null;
        }
        return fields.object("target", target -> target(target, transform), "region", "id", "legacyKey", "tags");
    }

    private static Target target(ObjectReader target, @Nullable Transform transform) {
        if (transform == Transform.FOLD_KEY) {
            target.forbid("region", "is decided by the key space of the legacy key");
            target.forbid("id", "is decided by the key space of the legacy key");
        } else {
            target.require("region");
            target.require("id");
        }
        if (transform == Transform.FOLD_KEY || transform == Transform.MERGE_COUNTER) {
            target.require("legacyKey");
        } else {
            target.forbid("legacyKey", "is only for the transforms 'fold-key' and 'merge-counter'");
        }
        String region = target.text("region");
        return new Target(
                region == null ? null : name(target, "region", region),
                target.text("id"),
                target.text("legacyKey"),
                target.texts("tags"));
    }
}
