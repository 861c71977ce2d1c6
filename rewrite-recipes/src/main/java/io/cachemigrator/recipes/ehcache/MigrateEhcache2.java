package io.cachemigrator.recipes.ehcache;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cachemigrator.recipes.exchange.ExchangeRecipe;
import io.cachemigrator.recipes.exchange.Family;
import org.jspecify.annotations.Nullable;

/** Replaces caches of Ehcache 2 by caches of elements. */
public final class MigrateEhcache2 extends ExchangeRecipe {
    /** Without comments above what stays. */
    public MigrateEhcache2() {
        this(null);
    }

    /** Null means without comments above what stays. */
    @JsonCreator
    public MigrateEhcache2(@JsonProperty("markRefused") @Nullable Boolean markRefused) {
        super(markRefused);
    }

    @Override
    public String getDisplayName() {
        return "Migrate Ehcache 2";
    }

    @Override
    public String getDescription() {
        return "Replaces caches of Ehcache 2 by caches of elements of the consolidated service, in all files where that keeps what the code does. The rest stays and is listed.";
    }

    @Override
    protected Family family() {
        return new EhcacheFamily();
    }
}
