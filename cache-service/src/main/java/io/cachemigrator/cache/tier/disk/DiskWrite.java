package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import java.util.Arrays;

/**
 * An entry about to be stored.
 *
 * @param entry what is asked for
 * @param key its id, as the database has it
 * @param head how many bytes of the envelope go into the database
 * @param file name of the file that takes the rest, or {@link DiskValues#NONE}
 * @param length of the envelope with its payload
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
record DiskWrite(EntryWrite entry, byte[] key, int head, long file, long length) {

    static DiskWrite of(EntryWrite entry) {
        int head = DiskValues.headBytes(entry.envelope());
        long file = head == entry.envelope().length ? DiskValues.NONE : DiskValues.newName();
        return new DiskWrite(entry, DiskEntries.key(entry.id()), head, file, entry.envelope().length);
    }

    boolean hasFile() {
        return file != DiskValues.NONE;
    }

    /** What counts against the limits. */
    long bytes() {
        return DiskEntries.bytesOf(key, length);
    }

    /** The part of a stamped envelope that goes into the database. */
    byte[] headOf(byte[] stamped) {
        return hasFile() ? Arrays.copyOf(stamped, head) : stamped;
    }

    byte[] stamped(long createdMicros, long nowMillis) {
        return EnvelopeFormat.stamped(
                entry.envelope(), createdMicros, EntryWrite.deadline(nowMillis, entry.ttlMillis()));
    }
}
