package io.cachemigrator.recipes.spring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cachemigrator.recipes.exchange.ExchangeRecipe;
import io.cachemigrator.recipes.exchange.Family;
import org.jspecify.annotations.Nullable;

/** Replaces cache managers of Spring by one over caches of the consolidated service; annotations stay as they are. */
public final class MigrateSpringCaches extends ExchangeRecipe {
    /** Without comments above what stays. */
    public MigrateSpringCaches() {
        this(null);
    }

    /** Null means without comments above what stays. */
    @JsonCreator
    public MigrateSpringCaches(@JsonProperty("markRefused") @Nullable Boolean markRefused) {
        super(markRefused);
    }

    @Override
    public String getDisplayName() {
        return "Migrate the cache managers of Spring";
    }

    @Override
    public String getDescription() {
        return "Replaces cache managers of Spring by one over caches of the consolidated service, where their settings can be kept. Annotations and uses of `Cache` stay as they are. The rest stays and is listed.";
    }

    @Override
    protected Family family() {
        return new SpringFamily();
    }
}
