package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeyMatch;
import io.cachemigrator.map.KeySpace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Legacy keys whose entries share a place in the target: a change of one has to be looked at with the others. */
final class Partners {
    private Partners() {}

    /** The places that entries of legacy keys have in the target, where a key alone tells. */
    static List<CopyTarget.Place> places(MapSet maps, List<byte[]> keys) {
        List<CopyTarget.Place> places = new ArrayList<>();
        for (byte[] key : keys) {
            if (maps.match(key) instanceof KeyMatch.Claimed claimed && claimed.targetId() != null) {
                places.add(new CopyTarget.Place(claimed.region(), claimed.targetId()));
            }
        }
        return places;
    }

    /** The keys and their partners: first those that stand for themselves, then those that depend on others. */
    static List<byte[]> with(MapSet maps, List<byte[]> keys) {
        Map<ByteBuffer, byte[]> all = new LinkedHashMap<>();
        keys.forEach(key -> all.put(ByteBuffer.wrap(key), key));
        for (CopyTarget.Place place : places(maps, keys)) {
            maps.legacyKeys(place.region(), place.id(), Map.of()).forEach(key -> all.put(ByteBuffer.wrap(key), key));
        }
        List<byte[]> independent = new ArrayList<>();
        List<byte[]> dependent = new ArrayList<>();
        for (byte[] key : all.values()) {
            KeySpace space = maps.keySpace(key);
            if (space != null && DataCopy.isCopied(space)) {
                (DataCopy.isDependent(space) ? dependent : independent).add(key);
            }
        }
        independent.addAll(dependent);
        return independent;
    }
}
