package io.cachemigrator.recipes.spring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cachemigrator.recipes.replace.Family;
import io.cachemigrator.recipes.replace.TypeReplacement;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Option;

/** Replaces cache managers of Spring by one over caches of the consolidated service; annotations stay as they are. */
public final class MigrateSpringCaches extends TypeReplacement {
    @Option(
            displayName = "Mark what is refused",
            description = "Whether a comment goes above each statement that stays. Defaults to `false`.",
            required = false)
    private final @Nullable Boolean markRefused;

    /** Without comments above what stays. */
    public MigrateSpringCaches() {
        this(null);
    }

    /** Null means without comments above what stays. */
    @JsonCreator
    public MigrateSpringCaches(@JsonProperty("markRefused") @Nullable Boolean markRefused) {
        this.markRefused = markRefused;
    }

    /** Whether a comment goes above each statement that stays; null means not. */
    public @Nullable Boolean getMarkRefused() {
        return markRefused;
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

    @Override
    protected boolean marks() {
        return Boolean.TRUE.equals(markRefused);
    }
}
