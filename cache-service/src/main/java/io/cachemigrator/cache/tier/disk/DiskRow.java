package io.cachemigrator.cache.tier.disk;

/**
 * An entry as the database has it.
 *
 * @param row its number
 * @param file name of the file that has the payload, or {@link DiskValues#NONE}
 * @param envelope the envelope, without its payload when that is in a file
 * @param epoch when something of the region was last invalidated
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
record DiskRow(long row, long file, byte[] envelope, long epoch) {
    boolean hasFile() {
        return file != DiskValues.NONE;
    }
}
