package io.cachemigrator.migrator.data;

/** What became of an entry that was to be written, after it was read back. */
enum WriteState {
    /** Written, and read back equal. */
    WRITTEN,
    /** It was there already, equal or later, from a copy. */
    SAME,
    /** Something that the application wrote or deleted is there, or somebody else's bytes; it stays. */
    NEWER,
    /** It expired before it could be read back. */
    EXPIRED,
    /** It may have changed since it was read, and must be read again. */
    READ_AGAIN,
    /** What was read back is not what was written. */
    DIFFERENT
}
