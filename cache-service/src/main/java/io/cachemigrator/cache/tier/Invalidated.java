package io.cachemigrator.cache.tier;

import java.util.OptionalLong;

/**
 * A record that makes entries invisible.
 *
 * @param atMicros entries created up to this time are meant, in microseconds since the epoch
 * @param entries how many it hit, where an index tells
 */
public record Invalidated(long atMicros, OptionalLong entries) {}
