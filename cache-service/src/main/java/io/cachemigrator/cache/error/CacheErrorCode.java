package io.cachemigrator.cache.error;

/** Codes of the errors that the cache service raises; each has an entry in the error reference. */
public enum CacheErrorCode {
    /** The configuration holds faults; the message lists all of them. */
    BAD_CONFIGURATION("CM-601"),
    /** An argument is outside its range. */
    BAD_ARGUMENT("CM-602"),
    /** A value cannot be encoded by the region's codec. */
    NOT_ENCODABLE("CM-603"),
    /** A store cannot be reached, and the caller asked for an exception. */
    STORE_UNAVAILABLE("CM-604"),
    /** The bytes are not an envelope that this version reads. */
    BAD_ENVELOPE("CM-605"),
    /** A disk tier's folder or file cannot be used. */
    DISK_UNUSABLE("CM-606"),
    /** The service was used after it was closed. */
    CLOSED("CM-607"),
    /** A loader did not end in time for a caller that has no other value. */
    LOAD_TIMEOUT("CM-609"),
    /** A counter was asked for in a region whose numbers are encrypted. */
    ENCRYPTED_COUNTER("CM-610");

    private final String code;

    CacheErrorCode(String code) {
        this.code = code;
    }

    /** The code as users see it, {@code CM-6nn}. */
    public String code() {
        return code;
    }
}
