package io.cachemigrator.cache;

import org.jspecify.annotations.Nullable;

/**
 * What a load gave, as bytes, so that everyone who waited gets a value of their own.
 *
 * @param codec codec that wrote the payload
 * @param payload null when the loader returned null
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
record Loaded(int codec, byte @Nullable [] payload) {}
