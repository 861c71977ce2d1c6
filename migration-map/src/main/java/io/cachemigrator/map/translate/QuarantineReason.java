package io.cachemigrator.map.translate;

/** Why an entry is quarantined. */
public enum QuarantineReason {
    /** The key has a Redis type that its key space does not have. */
    FOREIGN_TYPE,
    /** The value has an encoding that its key space does not have. */
    UNEXPECTED_ENCODING,
    /** A pickle wants code to be run. */
    REFUSED_PICKLE,
    /** A pickle after a marker wants code to be run or names a class. */
    UNSAFE_PICKLE,
    /** A compressed value is damaged or cut off. */
    CORRUPT_ZLIB,
    /** A pickle is damaged or cut off. */
    CORRUPT_PICKLE,
    /** A value that its marker calls JSON is none. */
    CORRUPT_JSON,
    /** A value is encrypted, and no key was named. */
    KEY_MISSING,
    /** A value is encrypted, and none of the keys named opens it. */
    KEY_WRONG,
    /** A value has no marker of its family and is nothing else that is known. */
    UNKNOWN_FORMAT,
    /** A pickle holds data without an equal in JSON. */
    UNREPRESENTABLE,
    /** A limit on size, depth or number of elements is passed. */
    OVERSIZE,
    /** An HTTP response has none of the known envelopes. */
    UNKNOWN_ENVELOPE,
    /** A damaged HTTP response cannot be recovered. */
    UNRECOVERABLE,
    /** A stored answer is not a JSON map. */
    UNEXPECTED_SHAPE,
    /** A counter is not a decimal integer of 64 bits. */
    NOT_A_COUNTER,
    /** The key leaves no id, or one that is too long. */
    INVALID_ID
}
