package io.cachemigrator.cache.maintenance;

/** A dump that is not one, or not what was written. The message says where. */
public final class DumpDamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DumpDamagedException(String message) {
        super(message);
    }
}
