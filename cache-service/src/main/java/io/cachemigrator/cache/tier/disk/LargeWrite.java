package io.cachemigrator.cache.tier.disk;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** An entry to be taken by a disk tier whose payload is too large to be in memory as a whole. */
public interface LargeWrite {
    /** Bytes of the payload. */
    long length();

    /** CRC-32C of the payload. */
    long checksum();

    /** Writes the payload to a stream. */
    void writeTo(OutputStream out) throws IOException;

    /**
     * What precedes the payload in the envelope, asked for when the payload is on the disk and just before the entry is stored;
     * null = it is not to be stored after all.
     */
    byte @Nullable [] head();
}
