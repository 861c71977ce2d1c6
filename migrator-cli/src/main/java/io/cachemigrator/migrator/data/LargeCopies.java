package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.PayloadCodec;
import io.cachemigrator.map.translate.QuarantineReason;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.legacy.LegacyReader;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies entries that are too large for memory, one at a time: read in pieces into a temporary file, brought to the target and
 * read back there, and moved into place if the legacy entry is still what was read. Used by one thread.
 */
final class LargeCopies {
    /** What takes all of the value at once, as unpacking does, is done up to here. */
    static final int WHOLE_BYTES = 16 << 20;

    private final DataCopy.Options options;
    private final LegacyReader source;
    private final CopyTarget target;
    private final Clocks clocks;
    private final Consumer<CopyTarget.Replaced> replaced;

    LargeCopies(
            DataCopy.Options options,
            LegacyReader source,
            CopyTarget target,
            Clocks clocks,
            Consumer<CopyTarget.Replaced> replaced) {
        this.options = options;
        this.source = source;
        this.target = target;
        this.clocks = clocks;
        this.replaced = replaced;
    }

    /** What became of an entry. */
    sealed interface Outcome {}

    /**
     * It was handed to the target.
     *
     * @param state what the target says
     * @param bytes of its payload
     * @param opaque whether they mean nothing here
     */
    record Written(WriteState state, long bytes, boolean opaque) implements Outcome {}

    /**
     * It is to be translated like any other entry, as it is small enough for that.
     *
     * @param entry with its value
     */
    record Whole(LegacyEntry entry) implements Outcome {}

    /**
     * It cannot be carried over.
     *
     * @param reason why
     * @param detail why, in words
     */
    record Refused(QuarantineReason reason, String detail) implements Outcome {}

    Outcome copy(LegacyEntry entry, Translation.Large wanted) {
        try (LargeValue value = new LargeValue()) {
            if (!source.readLarge(entry, value)) {
                return again();
            }
            value.end();
            return read(entry, wanted, value);
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "A value that is too large for memory cannot be kept in a file.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Make room in the folder for temporary files (" + System.getProperty("java.io.tmpdir")
                            + "), or name another one with -Djava.io.tmpdir in MIGRATOR_JAVA_OPTS.",
                    e);
        }
    }

    private static Outcome again() {
        return new Written(WriteState.READ_AGAIN, 0, false);
    }

    private Outcome read(LegacyEntry entry, Translation.Large wanted, LargeValue value) throws IOException {
        if (value.isTooLarge()) {
            return new Refused(
                    QuarantineReason.OVERSIZE,
                    "the value would have more than the " + LargeValue.LARGEST_PAYLOAD
                            + " bytes that an entry can have");
        }
        if (wanted.transform() || value.isPacked()) {
            return whole(entry, value);
        }
        if (!value.isCollection() && !wanted.encodings().contains(value.encoding())) {
            return new Refused(
                    QuarantineReason.UNEXPECTED_ENCODING,
                    "the value is " + value.encoding() + ", its key space has " + wanted.encodings());
        }
        Envelope envelope = Entries.ofLarge(entry, wanted, value, options.runId(), clocks.deadlineOffsetMillis());
        LargeCopy copy = new LargeCopy(
                new CopyTarget.Place(wanted.region(), wanted.id()), envelope, value, () -> confirm(entry, value));
        WriteState state = target.writeLarge(copy, replaced);
        boolean opaque = value.codec() != PayloadCodec.JSON;
        return new Written(state, copy.digest().length(), opaque);
    }

    private Outcome whole(LegacyEntry entry, LargeValue value) throws IOException {
        long length = value.digest().length();
        if (length > WHOLE_BYTES) {
            return new Refused(
                    QuarantineReason.OVERSIZE,
                    "the value has " + length + " bytes, and at most " + WHOLE_BYTES
                            + " are unpacked or given another form");
        }
        LegacyEntry now = source.ifUnchanged(entry);
        if (now == null) {
            return again();
        }
        byte[] bytes = new byte[(int) length];
        value.read(0, bytes);
        return new Whole(
                new LegacyEntry(entry.key(), entry.redisType(), bytes, now.remainingTtlMillis(), now.readAt()));
    }

    /** The entry as of a moment ago, if it is still what was read. */
    private LargeCopy.@Nullable Confirmed confirm(LegacyEntry entry, LargeValue value) {
        options.lock().check();
        LegacyEntry now = source.ifUnchanged(entry);
        if (now == null || !(options.maps().translate(now) instanceof Translation.Large translated)) {
            return null;
        }
        Envelope envelope = Entries.ofLarge(now, translated, value, options.runId(), clocks.deadlineOffsetMillis());
        long readAt = clocks.atTarget(envelope.createdMicros());
        return new LargeCopy.Confirmed(envelope, new WriteTerms(readAt, options.legacyCounts()));
    }
}
