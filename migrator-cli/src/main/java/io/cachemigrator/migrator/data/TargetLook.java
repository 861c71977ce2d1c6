package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.RedisType;
import io.cachemigrator.map.translate.Translator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the target has for some legacy keys, as far as their keys alone tell where: looked at before the legacy store is, as copies
 * know the type that their legacy entries had. Immutable.
 */
final class TargetLook {
    private final List<byte[]> keys;
    private final List<CopyTarget.@Nullable Place> places;
    private final List<@Nullable Envelope> stored;
    private final List<@Nullable RedisType> types;

    private TargetLook(
            List<byte[]> keys,
            List<CopyTarget.@Nullable Place> places,
            List<@Nullable Envelope> stored,
            List<@Nullable RedisType> types) {
        this.keys = keys;
        this.places = places;
        this.stored = stored;
        this.types = types;
    }

    /** Looks at nothing. */
    static TargetLook none(MapSet maps, List<byte[]> keys) {
        return new TargetLook(List.of(), List.of(), List.of(), Collections.nCopies(keys.size(), maps.usualType()));
    }

    /** Looks at every place that a key leads to. */
    static TargetLook at(CopyTarget target, MapSet maps, List<byte[]> keys) {
        List<CopyTarget.@Nullable Place> places = new ArrayList<>(keys.size());
        keys.forEach(key -> places.add(maps.place(key)));
        List<CopyTarget.Place> known = places.stream().filter(Objects::nonNull).toList();
        if (known.isEmpty()) {
            return none(maps, keys);
        }
        Iterator<@Nullable Envelope> found = target.read(known).iterator();
        List<@Nullable Envelope> stored = new ArrayList<>(keys.size());
        List<@Nullable RedisType> types = new ArrayList<>(keys.size());
        for (CopyTarget.Place place : places) {
            Envelope envelope = place == null ? null : found.next();
            stored.add(envelope);
            types.add(envelope == null ? maps.usualType() : type(envelope));
        }
        return new TargetLook(keys, places, stored, types);
    }

    private static @Nullable RedisType type(Envelope envelope) {
        String type = envelope.metadata().get(Translator.TYPE_KEY);
        return type == null ? RedisType.STRING : RedisType.named(type);
    }

    /** The types that the legacy entries are likely to have, in the order of the keys; null = nobody knows. */
    List<@Nullable RedisType> types() {
        return types;
    }

    /** Where a key stands that is one of those looked for, from a number on; a number that is none when it is not. */
    int find(byte[] key, int from) {
        int at = from;
        while (at < keys.size() && keys.get(at) != key) {
            at++;
        }
        return at;
    }

    /** Whether the key of a number led to the place of an entry. */
    boolean isAt(int number, CopyEntry entry) {
        CopyTarget.Place place = number < places.size() ? places.get(number) : null;
        return place != null && place.id().equals(entry.id()) && place.region().equals(entry.region());
    }

    /** What was there; null = nothing. */
    @Nullable
    Envelope envelope(int number) {
        return stored.get(number);
    }
}
