package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.legacy.LegacyReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks once more at some entries that differed, and tells which of them still do. Used by one thread. */
final class SecondLook {
    private static final long ABOUT_TO_EXPIRE_MS = 2_000;
    private static final int CHUNK = 200;

    private final MapSet maps;
    private final LegacyReader source;
    private final CopyTarget target;
    private final LargeComparison larges;

    SecondLook(MapSet maps, LegacyReader source, CopyTarget target) {
        this.maps = maps;
        this.source = source;
        this.target = target;
        this.larges = new LargeComparison(source, target, new Clocks(source, target));
    }

    /** The keys whose entries differ still. */
    List<byte[]> differing(List<byte[]> keys) {
        List<byte[]> differing = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += CHUNK) {
            List<byte[]> chunk = keys.subList(from, Math.min(keys.size(), from + CHUNK));
            Map<CopyTarget.Place, CopyEntry> wanted = wanted(Partners.with(maps, chunk), differing);
            List<CopyEntry> entries = List.copyOf(wanted.values());
            List<@Nullable Envelope> stored = target.read(List.copyOf(wanted.keySet()));
            for (int i = 0; i < entries.size(); i++) {
                if (differs(entries.get(i), stored.get(i))) {
                    differing.add(entries.get(i).legacyKey());
                }
            }
        }
        return differing;
    }

    /**
     * What each place is to hold: an entry that is made from several stands for all of them.
     *
     * @param differing is given the keys of those entries too large for memory that differ
     */
    private Map<CopyTarget.Place, CopyEntry> wanted(List<byte[]> keys, List<byte[]> differing) {
        Map<CopyTarget.Place, CopyEntry> wanted = new LinkedHashMap<>();
        for (LegacyEntry entry : source.read(keys)) {
            if (entry != null && entry.large() && maps.translate(entry) instanceof Translation.Large large) {
                if (differs(entry, large)) {
                    differing.add(entry.key());
                }
                continue;
            }
            CopyEntry one = entry == null ? null : wanted(entry);
            if (one != null) {
                wanted.put(new CopyTarget.Place(one.region(), one.id()), one);
            }
        }
        return wanted;
    }

    private boolean differs(LegacyEntry entry, Translation.Large wanted) {
        @Nullable
        Envelope there = target.read(List.of(new CopyTarget.Place(wanted.region(), wanted.id())))
                .get(0);
        return (there == null || there.isMigrated())
                && larges.compare(entry, wanted, maps, there) instanceof LargeComparison.Differs;
    }

    private @Nullable CopyEntry wanted(LegacyEntry entry) {
        Translation translation = maps.translate(entry);
        if (translation instanceof Translation.Entry value) {
            return Entries.of(entry, value, "", 0);
        }
        if (translation instanceof Translation.CounterMerge merge) {
            return Dependents.sum(entry, merge, source, "", 0);
        }
        if (translation instanceof Translation.FoldIfAbsent fold
                && !source.exist(List.of(fold.legacyKey())).get(0)) {
            return Entries.of(entry, fold.entry(), "", 0);
        }
        return null;
    }

    private boolean differs(CopyEntry wanted, @Nullable Envelope there) {
        if (there == null) {
            return !isAboutToExpire(wanted.envelope().deadlineMillis());
        }
        return there.isMigrated()
                && Entries.difference(wanted, there, 0) != null
                && !(isAboutToExpire(wanted.envelope().deadlineMillis()) && isAboutToExpire(there.deadlineMillis()));
    }

    private boolean isAboutToExpire(long deadline) {
        return deadline != Envelope.NO_DEADLINE && deadline - target.nowMillis() < ABOUT_TO_EXPIRE_MS;
    }

    /** The copies at places that no legacy entry stands behind any more. */
    List<CopyTarget.Copy> extra(List<CopyTarget.Place> places) {
        List<@Nullable Envelope> stored = places.isEmpty() ? List.of() : target.read(places);
        List<CopyTarget.Copy> extra = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Envelope there = stored.get(i);
            if (there != null && there.isMigrated() && !isAboutToExpire(there.deadlineMillis())) {
                List<byte[]> origins =
                        maps.legacyKeys(places.get(i).region(), places.get(i).id(), there.metadata());
                boolean gone = !origins.isEmpty() && !source.exist(origins).contains(true);
                if (gone) {
                    extra.add(new CopyTarget.Copy(places.get(i), there));
                }
            }
        }
        return extra;
    }
}
