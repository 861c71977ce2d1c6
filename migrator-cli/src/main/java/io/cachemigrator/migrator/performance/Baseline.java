package io.cachemigrator.migrator.performance;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.report.Documents;
import io.cachemigrator.migrator.verify.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The performance of the legacy path as it was recorded, in a file. It holds no keys and no values.
 *
 * @param schema version of the file's form, 1
 * @param recordedAt when, as an ISO instant
 * @param machine where: processors, system and Java
 * @param keys how many legacy keys were read
 * @param legacy what the legacy path did
 */
public record Baseline(int schema, String recordedAt, String machine, int keys, Figures legacy) {
    /** The form of the file that this version writes. */
    public static final int SCHEMA = 1;

    private static final long LARGEST = 1 << 20;

    /** As recorded now on this machine. */
    static Baseline of(Instant now, int keys, Figures legacy) {
        return new Baseline(SCHEMA, now.toString(), thisMachine(), keys, legacy);
    }

    /** Whether it was recorded on a machine like this one. */
    public boolean matchesThisMachine() {
        return machine.equals(thisMachine());
    }

    private static String thisMachine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version().feature();
    }

    /** Writes the file, which must not be there. */
    public void write(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, Documents.compact(this) + "\n");
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The baseline " + file + " cannot be written.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Make room, correct its permissions, or name another file.",
                    e);
        }
    }

    /** Reads the file. */
    public static Baseline read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw unusable(file, "it is larger than 1 MiB", null);
            }
            Baseline read = Documents.read(Files.readString(file), Baseline.class);
            if (read.schema() != SCHEMA || read.legacy() == null) {
                throw unusable(file, "it is of form " + read.schema() + ", and this version reads " + SCHEMA, null);
            }
            return read;
        } catch (IOException e) {
            throw unusable(file, e.getClass().getSimpleName(), e);
        } catch (IllegalStateException e) {
            throw unusable(file, "it is not one that validate wrote", e);
        }
    }

    private static MigratorException unusable(Path file, String why, @Nullable Exception cause) {
        return new MigratorException(
                ErrorCode.FILE_UNUSABLE,
                "The baseline " + file + " cannot be used.",
                Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".",
                "Record one with `migrator validate --record-baseline FILE`, and name that.",
                cause);
    }
}
