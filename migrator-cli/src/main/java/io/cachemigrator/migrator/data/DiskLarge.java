package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.disk.DiskTier;
import io.cachemigrator.cache.tier.disk.LargeWrite;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Large entries in a folder of the disk tier, in pieces: the payload is on the disk before an entry names it. */
final class DiskLarge {
    private static final int PIECE_BYTES = 256 << 10;

    private final DiskTarget target;
    private final DiskTier tier;

    DiskLarge(DiskTarget target, DiskTier tier) {
        this.target = target;
        this.tier = tier;
    }

    /** A copy while it is written; decides when its payload is on the disk. */
    private final class Copying implements LargeWrite {
        private final LargeCopy copy;
        private final Consumer<CopyTarget.Replaced> replaced;
        private WriteState state = WriteState.READ_AGAIN;
        private @Nullable Envelope stored;

        Copying(LargeCopy copy, Consumer<CopyTarget.Replaced> replaced) {
            this.copy = copy;
            this.replaced = replaced;
        }

        @Override
        public long length() {
            return copy.digest().length();
        }

        @Override
        public long checksum() {
            return Integer.toUnsignedLong(copy.digest().checksum());
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            pieces(copy.value()::read, out);
        }

        @Override
        public byte @Nullable [] head() {
            LargeCopy.Confirmed confirmed = copy.confirm();
            if (confirmed == null || target.isLate(confirmed.terms())) {
                return null;
            }
            Envelope envelope = confirmed.envelope();
            Envelope there = target.heads(List.of(copy.place())).get(0);
            if (target.isExpired(envelope)) {
                state = WriteState.EXPIRED;
                return null;
            }
            if (there != null && target.isLive(there)) {
                boolean same = copy.isSame(there, envelope);
                boolean outdated =
                        confirmed.terms().legacyCounts() && there.createdMicros() < envelope.createdMicros() && !same;
                if (!there.isMigrated() && !outdated) {
                    state = WriteState.NEWER;
                    return null;
                }
                if (same && target.isOwn(there)) {
                    state = WriteState.SAME;
                    return null;
                }
                replaced.accept(target.replaced(copy.place(), there));
            }
            stored = envelope;
            return copy.head(envelope);
        }
    }

    WriteState write(LargeCopy copy, Consumer<CopyTarget.Replaced> replaced) throws IOException {
        Copying copying = new Copying(copy, replaced);
        Boolean made = target.call(() -> Optional.ofNullable(
                        tier.applyLarge(region(copy.place()), copy.place().id(), copying)))
                .orElse(null);
        Envelope wanted = copying.stored;
        if (made == null || wanted == null) {
            return copying.state;
        }
        Envelope there = target.heads(List.of(copy.place())).get(0);
        if (!made) {
            // what the application writes counts as newer, and what went from the disk in between is written again
            return there != null && there.createdMicros() >= wanted.createdMicros()
                    ? WriteState.NEWER
                    : WriteState.READ_AGAIN;
        }
        if (there == null) {
            return WriteState.EXPIRED;
        }
        boolean same = copy.value().isPayloadOf(there)
                && there.createdMicros() == wanted.createdMicros()
                && copy.digest().equals(digest(copy.place()));
        return same
                ? WriteState.WRITTEN
                : there.createdMicros() > wanted.createdMicros() ? WriteState.NEWER : WriteState.DIFFERENT;
    }

    private @Nullable InputStream open(CopyTarget.Place place) {
        return target.call(() -> tier.openPayload(region(place), place.id())).orElse(null);
    }

    /** Length and checksums of a payload; null when it is not there any more. */
    @Nullable
    LargeDigest digest(CopyTarget.Place place) throws IOException {
        try (InputStream in = open(place)) {
            if (in == null) {
                return null;
            }
            LargeDigest.Sum sum = new LargeDigest.Sum();
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = in.read(piece); read > 0; read = in.read(piece)) {
                sum.add(piece, read);
            }
            return sum.digest();
        }
    }

    /** Writes all of an entry to a stream; whether it was the same throughout. */
    boolean writeTo(CopyTarget.Place place, Envelope head, OutputStream out) throws IOException {
        try (InputStream in = open(place)) {
            if (in == null) {
                return false;
            }
            out.write(LargeHead.encode(head));
            in.transferTo(out);
        }
        return head.equals(target.heads(List.of(place)).get(0));
    }

    /** Puts an entry back where nothing live is; it counts as written now, as the mark of its copy's deletion is there. */
    void restore(CopyTarget.Place place, Envelope head, RedisLarge.Content payload) {
        LargeWrite write = new LargeWrite() {
            @Override
            public long length() {
                return LargeHead.length(head);
            }

            @Override
            public long checksum() {
                return Integer.toUnsignedLong(LargeHead.checksum(head));
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                pieces(payload, out);
            }

            @Override
            public byte @Nullable [] head() {
                Envelope there = target.heads(List.of(place)).get(0);
                return there != null && target.isLive(there)
                        ? null
                        : EnvelopeFormat.stamped(
                                LargeHead.encode(head), (tier.nowMillis() + 1) * 1_000, head.deadlineMillis());
            }
        };
        target.call(() -> Optional.ofNullable(tier.applyLarge(region(place), place.id(), write)));
    }

    private static void pieces(RedisLarge.Content payload, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        long at = 0;
        for (int read = payload.read(at, piece); read > 0; read = payload.read(at, piece)) {
            out.write(piece, 0, read);
            at += read;
        }
    }

    private static RegionConfig region(CopyTarget.Place place) {
        return RegionConfig.builder(place.region()).build();
    }
}
