package io.cachemigrator.cache.invalidation;

/**
 * What makes entries invisible.
 *
 * @param scope a region's name, or {@link InvalidationTable#EVERY_REGION}
 * @param prefix whether {@code name} is a prefix of ids rather than a tag
 * @param name the tag or the prefix
 * @param atMicros entries created up to this time are meant
 */
public record InvalidationRecord(String scope, boolean prefix, String name, long atMicros) {}
