package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeySpace;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.project.StoreUri;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * Finds legacy entries that the application has deleted in a target on Redis and a mirror has missed. The service keeps no mark
 * of each deleted entry, but remembers when an id was deleted last of those that share the first three digits of its hash. So an
 * entry counts as deleted when the target has none and such a deletion is remembered since the target counts. One that the
 * target has lost in another way, with all it remembers, stays.
 */
public final class MissedDeletions implements AutoCloseable {
    private static final int SCAN_COUNT = 500;

    private final LegacyReader source;
    private final RedisLink target;
    private final MapSet maps;
    private final Cancellation cancellation;

    /** Between two stores. */
    public MissedDeletions(StoreUri legacy, StoreUri target, MapSet maps, Cancellation cancellation) {
        this.source = Stores.openLegacy(legacy);
        this.target = RedisLink.open(target, "target");
        this.maps = maps;
        this.cancellation = cancellation;
    }

    /**
     * Visits legacy entries that may have been deleted, in pages.
     *
     * @param since when the target began to count
     * @param visitor told of legacy keys, each in a list of its own
     */
    public void visit(Instant since, Consumer<List<List<String>>> visitor) {
        long micros = Math.multiplyExact(since.toEpochMilli(), 1_000L);
        String cursor = LegacyReader.START;
        do {
            cancellation.check();
            LegacyReader.Page page = source.scan(cursor, SCAN_COUNT, maps.onlyScanPattern());
            List<List<String>> deleted = deleted(page.keys(), micros);
            if (!deleted.isEmpty()) {
                visitor.accept(deleted);
            }
            cursor = page.next();
        } while (!cursor.equals(LegacyReader.START));
    }

    private List<List<String>> deleted(List<byte[]> keys, long micros) {
        List<byte[]> copied = new ArrayList<>();
        List<CopyTarget.Place> places = new ArrayList<>();
        for (byte[] key : keys) {
            KeySpace space = maps.keySpace(key);
            CopyTarget.Place place = maps.place(key);
            // where several keys lead to one place, one of them says nothing
            if (space != null && place != null && DataCopy.isCopied(space) && space.transform() == null) {
                copied.add(key);
                places.add(place);
            }
        }
        List<List<String>> deleted = new ArrayList<>();
        List<Boolean> gone = deletedPlaces(places, micros);
        for (int i = 0; i < copied.size(); i++) {
            if (gone.get(i)) {
                deleted.add(List.of(new String(copied.get(i), StandardCharsets.UTF_8)));
            }
        }
        return deleted;
    }

    private List<Boolean> deletedPlaces(List<CopyTarget.Place> places, long micros) {
        return target.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<Boolean>> there = new ArrayList<>();
            List<Response<List<String>>> times = new ArrayList<>();
            for (CopyTarget.Place place : places) {
                there.add(pipeline.exists(DataMover.KEY_PREFIX + place.region() + ":" + place.id()));
                times.add(pipeline.hmget(
                        DataMover.KEY_PREFIX + "{!}deleted:" + place.region(),
                        ClusterDeletions.ALL,
                        ClusterDeletions.partOf(place.id())));
            }
            pipeline.sync();
            List<Boolean> deleted = new ArrayList<>(places.size());
            for (int i = 0; i < places.size(); i++) {
                boolean remembered =
                        times.get(i).get().stream().anyMatch(time -> time != null && Long.parseLong(time) >= micros);
                deleted.add(remembered && !there.get(i).get());
            }
            return deleted;
        });
    }

    @Override
    public void close() {
        target.close();
        source.close();
    }
}
