package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.migrator.legacy.LegacyReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Copies whose legacy entries are gone. Used by one thread at a time. */
final class Leftovers {
    private final MapSet maps;
    private final LegacyReader source;
    private final CopyTarget target;

    Leftovers(MapSet maps, LegacyReader source, CopyTarget target) {
        this.maps = maps;
        this.source = source;
        this.target = target;
    }

    /** Removes the copies of legacy keys that were found gone, unless they come from another key as well. */
    void removeOf(List<byte[]> gone, Consumer<CopyTarget.Replaced> replaced) {
        List<CopyTarget.Place> places = new ArrayList<>();
        for (byte[] key : gone) {
            CopyTarget.Place place = maps.place(key);
            if (place != null) {
                places.add(place);
            }
        }
        if (places.isEmpty()) {
            return;
        }
        List<@Nullable Envelope> stored = target.read(places);
        List<CopyTarget.Copy> copies = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Envelope envelope = stored.get(i);
            if (envelope != null && envelope.isMigrated()) {
                copies.add(new CopyTarget.Copy(places.get(i), envelope));
            }
        }
        remove(copies, replaced);
    }

    /**
     * Removes copies if they still are what they were, and none of their legacy keys exists.
     *
     * @param replaced told of each before it is removed
     * @return how many were removed
     */
    int remove(List<CopyTarget.Copy> copies, Consumer<CopyTarget.Replaced> replaced) {
        List<CopyTarget.Copy> orphans = orphans(maps, source, copies);
        orphans.forEach(copy -> replaced.accept(new CopyTarget.Replaced(copy.place(), copy.envelope())));
        return (int)
                target.removeCopies(orphans).stream().filter(removed -> removed).count();
    }

    /** Those of the copies none of whose legacy keys exists; one that no map leads back from is nobody's orphan. */
    static List<CopyTarget.Copy> orphans(MapSet maps, LegacyReader source, List<CopyTarget.Copy> copies) {
        List<List<byte[]>> origins = copies.stream()
                .map(copy -> maps.legacyKeys(
                        copy.place().region(),
                        copy.place().id(),
                        copy.envelope().metadata()))
                .toList();
        List<byte[]> keys = origins.stream().flatMap(List::stream).toList();
        if (keys.isEmpty()) {
            return List.of();
        }
        Iterator<Boolean> exist = source.exist(keys).iterator();
        List<CopyTarget.Copy> orphans = new ArrayList<>();
        for (int i = 0; i < copies.size(); i++) {
            boolean anyExists = origins.get(i).isEmpty();
            for (int k = 0; k < origins.get(i).size(); k++) {
                anyExists |= exist.next();
            }
            if (!anyExists) {
                orphans.add(copies.get(i));
            }
        }
        return orphans;
    }
}
