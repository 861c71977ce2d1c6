package io.cachemigrator.recipes.jedis;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cachemigrator.recipes.exchange.ExchangeRecipe;
import io.cachemigrator.recipes.exchange.Family;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Option;

/** Replaces Jedis by text caches where it keeps a cache of texts. */
public final class MigrateJedis extends ExchangeRecipe {
    @Option(
            displayName = "Groups have keys of their own",
            description =
                    "Whether files that share no client also share no keys, so that some may be rewritten while others stay. Defaults to `false`: then all stay when one does that may meet their texts.",
            required = false)
    private final @Nullable Boolean separateKeys;

    /** Without comments, and for groups that may share keys. */
    public MigrateJedis() {
        this(null, null);
    }

    /** Null means without comments above what stays, and that groups may share keys. */
    @JsonCreator
    public MigrateJedis(
            @JsonProperty("markRefused") @Nullable Boolean markRefused,
            @JsonProperty("separateKeys") @Nullable Boolean separateKeys) {
        super(markRefused);
        this.separateKeys = separateKeys;
    }

    /** Whether files that share no client share no keys either; null means that they may. */
    public @Nullable Boolean getSeparateKeys() {
        return separateKeys;
    }

    @Override
    public String getDisplayName() {
        return "Migrate Jedis";
    }

    @Override
    public String getDescription() {
        return "Replaces Jedis by text caches of the consolidated service, in all files where it keeps texts and nothing else. The rest stays and is listed.";
    }

    @Override
    protected Family family() {
        return new JedisFamily(Boolean.TRUE.equals(separateKeys));
    }
}
