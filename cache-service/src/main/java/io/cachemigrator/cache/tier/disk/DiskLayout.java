package io.cachemigrator.cache.tier.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a program has to know that reads the tier's folder without opening the tier, which would change it. */
public final class DiskLayout {
    /** Name of the SQLite file in the folder. */
    public static final String FILE = DiskFile.NAME;

    /** The file's {@code user_version}; the tables of another one look different. */
    public static final int VERSION = DiskSchema.VERSION;

    private DiskLayout() {}

    /**
     * Puts an envelope together, whose payload may be in a file of its own.
     *
     * @param folder the tier's folder
     * @param file what the entry's row says of it
     * @param head what the row holds of the envelope
     * @return null when the file is gone or damaged; a row read again may name another
     */
    public static byte @Nullable [] envelope(Path folder, long file, byte[] head) throws IOException {
        return file == DiskValues.NONE ? head : new DiskValues(folder).read(file, head);
    }
}
