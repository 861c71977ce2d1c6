package io.cachemigrator.migrator.performance;

/** One way to cached entries, as a caller of the application sees it. Used by one thread. */
interface CachePath extends AutoCloseable {

    /** Reads an entry of the application. */
    Result read(String key);

    /** Reads an entry that this measurement has written. */
    Result readOwn(String key);

    /** Writes an entry of this measurement's own. */
    Result write(String key, Object value);

    @Override
    void close();

    /** What became of a call. */
    enum Result {
        /** An entry was found, or written. */
        DONE,
        /** There is no entry. */
        ABSENT,
        /** The call failed. */
        FAILED
    }
}
