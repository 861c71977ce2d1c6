package io.cachemigrator.map;

import org.jspecify.annotations.Nullable;

/**
 * A configuration key of the legacy family, written as an environment variable, and what becomes of it.
 *
 * @param key the legacy key, or the new one where the action is {@link ConfigurationAction#ADD}; a final {@code *}
 *     stands for any ending
 * @param action what becomes of it
 * @param replacement the key that takes its value, or null where the action is not a renaming
 * @param value the value to add, or null where the action is not an addition
 * @param secret whether its value may be a secret, which must not be shown, logged or moved to another file
 * @param conversion how its value changes
 * @param note what users should know; may be empty
 */
public record ConfigurationKey(
        String key,
        ConfigurationAction action,
        @Nullable String replacement,
        @Nullable String value,
        boolean secret,
        ValueConversion conversion,
        String note) {}
