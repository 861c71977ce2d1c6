package io.cachemigrator.cache;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.TierPage;
import io.cachemigrator.cache.tier.TierUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tools do with a region's entries as they are stored, whatever codec wrote them. */
final class RegionTools {
    private static final int MOST = 10_000;

    private final OpenRegion region;

    RegionTools(OpenRegion region) {
        this.region = region;
    }

    RegionPage scan(@Nullable String from, int limit) {
        RegionStore store = region.reads();
        TierPage page;
        try {
            page = store.authority.scan(store.config, from, Math.max(1, Math.min(limit, MOST)));
        } catch (TierUnavailableException down) {
            store.failed(down);
            throw new InfrastructureException(
                    CacheErrorCode.STORE_UNAVAILABLE,
                    "Region '" + store.config.name() + "' cannot be listed: " + down.reason()
                            + ". Check that the store runs and admits this client; then list again.",
                    Map.of("region", store.config.name(), "tier", store.authority.name()),
                    down);
        }
        List<EntryDetails> entries = new ArrayList<>();
        Map<String, String> damaged = new HashMap<>();
        page.entries().forEach((id, stored) -> {
            Found found = store.read(id, stored, store.authority.name(), null);
            if (found instanceof Found.Live live) {
                entries.add(details(id, live));
            } else if (found instanceof Found.Damaged unreadable) {
                damaged.put(id, unreadable.reason());
            }
        });
        return new RegionPage(entries, damaged, page.next());
    }

    /** A live entry with everything kept beside its value. */
    EntryDetails details(String id, Found.Live live) {
        Envelope envelope = live.envelope();
        return new EntryDetails(
                region.config().name(),
                id,
                envelope.codec(),
                live.tier(),
                envelope.payload(),
                envelope.isNull(),
                envelope.isMigrated(),
                Instant.EPOCH.plus(Duration.ofNanos(Math.multiplyExact(envelope.createdMicros(), 1_000L))),
                envelope.deadlineMillis() == Envelope.NO_DEADLINE
                        ? null
                        : Instant.ofEpochMilli(envelope.deadlineMillis()),
                envelope.tags(),
                envelope.metadata());
    }

    WriteOutcome restore(EntryDetails entry, boolean overwrite) {
        RegionStore store = region.reads();
        long ttl = EntryWrite.NO_EXPIRY;
        if (entry.deadline() != null) {
            ttl = entry.deadline().toEpochMilli() - store.authority.nowMillis();
            if (ttl <= 0) {
                return WriteOutcome.CONDITION_NOT_MET;
            }
        }
        if (entry.payload().length > store.config.maxValueBytes()) {
            return WriteOutcome.TOO_LARGE;
        }
        int flags = entry.nullValue() ? Envelope.NULL : 0;
        if (entry.metadata().containsKey(Envelope.IDLE_KEY)) {
            flags |= Envelope.SLIDING;
        }
        Envelope envelope = Envelope.of(entry.codec(), entry.payload())
                .withFlags(flags)
                .withTags(entry.tags())
                .withMetadata(entry.metadata());
        EntryWrite write =
                new EntryWrite(Texts.id(entry.id()), EnvelopeFormat.encode(store.seal.seal(entry.id(), envelope)), ttl);
        return region.writes().put(List.of(write), overwrite ? PutCondition.ALWAYS : PutCondition.IF_ABSENT);
    }
}
