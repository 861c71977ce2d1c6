package io.cachemigrator.compat.factory;

/**
 * A value as JSON text: the type to ask {@link FactoryLayout} by for the text itself.
 *
 * @param text must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record StoredJson(byte[] text) {}
