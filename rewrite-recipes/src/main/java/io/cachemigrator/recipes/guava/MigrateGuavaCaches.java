package io.cachemigrator.recipes.guava;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cachemigrator.recipes.exchange.ExchangeRecipe;
import io.cachemigrator.recipes.exchange.Family;
import org.jspecify.annotations.Nullable;

/** Replaces caches of Guava by local caches. */
public final class MigrateGuavaCaches extends ExchangeRecipe {
    /** Without comments above what stays. */
    public MigrateGuavaCaches() {
        this(null);
    }

    /** Null means without comments above what stays. */
    @JsonCreator
    public MigrateGuavaCaches(@JsonProperty("markRefused") @Nullable Boolean markRefused) {
        super(markRefused);
    }

    @Override
    public String getDisplayName() {
        return "Migrate Guava caches";
    }

    @Override
    public String getDescription() {
        return "Replaces caches of Guava by local caches of the consolidated service, in all files where that keeps what the code does. The rest stays and is listed.";
    }

    @Override
    protected Family family() {
        return new GuavaFamily();
    }
}
