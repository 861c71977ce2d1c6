package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.RedisType;
import io.cachemigrator.map.translate.Translator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the target has for some legacy keys, as far as their keys alone tell where: looked at before the legacy store is, as copies
 * know the type that their legacy entries had. Immutable.
 */
final class TargetLook {
    private final Map<CopyTarget.Place, @Nullable Envelope> found;
    private final List<@Nullable RedisType> types;

    private TargetLook(Map<CopyTarget.Place, @Nullable Envelope> found, List<@Nullable RedisType> types) {
        this.found = found;
        this.types = types;
    }

    /** Looks at nothing. */
    static TargetLook none(MapSet maps, List<byte[]> keys) {
        return new TargetLook(Map.of(), Collections.nCopies(keys.size(), maps.usualType()));
    }

    /** Looks at every place that a key leads to. */
    static TargetLook at(CopyTarget target, MapSet maps, List<byte[]> keys) {
        List<CopyTarget.@Nullable Place> places = new ArrayList<>(keys.size());
        keys.forEach(key -> places.add(maps.place(key)));
        List<CopyTarget.Place> known = places.stream().filter(Objects::nonNull).toList();
        if (known.isEmpty()) {
            return none(maps, keys);
        }
        List<@Nullable Envelope> stored = target.read(known);
        Map<CopyTarget.Place, @Nullable Envelope> found = new HashMap<>(2 * known.size());
        List<@Nullable RedisType> types = new ArrayList<>(keys.size());
        int next = 0;
        for (CopyTarget.Place place : places) {
            Envelope envelope = place == null ? null : stored.get(next++);
            types.add(envelope == null ? maps.usualType() : type(envelope));
            if (place != null) {
                found.put(place, envelope);
            }
        }
        return new TargetLook(found, types);
    }

    private static @Nullable RedisType type(Envelope envelope) {
        String type = envelope.metadata().get(Translator.TYPE_KEY);
        return type == null ? RedisType.STRING : RedisType.named(type);
    }

    /** The types that the legacy entries are likely to have, in the order of the keys; null = nobody knows. */
    List<@Nullable RedisType> types() {
        return types;
    }

    /** Whether a place was looked at. */
    boolean has(CopyTarget.Place place) {
        return found.containsKey(place);
    }

    /** What was there; null = nothing. */
    @Nullable
    Envelope envelope(CopyTarget.Place place) {
        return found.get(place);
    }
}
