package io.cachemigrator.cache.factory;

/** What a cache tells its listeners of. */
public enum CacheEvent {
    /** A live entry was found. */
    GET_SUCCESS,
    /** None was found, or none could be read. */
    GET_MISS,
    /** A value was stored. */
    SET_SUCCESS,
    /** An entry was removed. */
    DELETE_SUCCESS
}
