package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.migrator.project.StoreUri;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Finds what the application has written or deleted in a target on Redis, by the legacy keys that it stands for. */
public final class TargetChanges implements AutoCloseable {
    private static final int SCAN_COUNT = 500;

    private final RedisLink link;
    private final MapSet maps;
    private final Cancellation cancellation;

    /** In a target. */
    public TargetChanges(StoreUri target, MapSet maps, Cancellation cancellation) {
        this.link = RedisLink.open(target, "target");
        this.maps = maps;
        this.cancellation = cancellation;
    }

    /** The target's time. */
    public Instant now() {
        return Instant.ofEpochMilli(link.serverMillis());
    }

    /**
     * Visits changes of the application, in pages.
     *
     * @param asOf later ones are left out
     * @param visitor told of the legacy keys that each changed entry may stand for, some perhaps again
     */
    public void visit(Instant asOf, Consumer<List<List<String>>> visitor) {
        long micros = Math.multiplyExact(asOf.toEpochMilli(), 1_000L);
        ScanParams params = new ScanParams().count(SCAN_COUNT).match(DataMover.KEY_PREFIX + "*");
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        do {
            cancellation.check();
            byte[] from = cursor;
            ScanResult<byte[]> page = link.call(redis -> redis.scan(from, params));
            visitor.accept(legacyKeys(page.getResult(), micros));
            cursor = page.getCursorAsBytes();
        } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
    }

    private List<List<String>> legacyKeys(List<byte[]> keys, long micros) {
        List<@Nullable Envelope> envelopes = link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<byte[]>> gets = keys.stream().map(pipeline::get).toList();
            pipeline.sync();
            List<@Nullable Envelope> read = new ArrayList<>(keys.size());
            gets.forEach(get -> read.add(envelope(get)));
            return read;
        });
        List<List<String>> legacy = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Envelope envelope = envelopes.get(i);
            if (envelope != null && !envelope.isMigrated() && envelope.createdMicros() <= micros) {
                legacy.add(legacyKeys(new String(keys.get(i), StandardCharsets.UTF_8), envelope));
            }
        }
        return legacy;
    }

    /** Null for what is no entry of the cache service. */
    private static @Nullable Envelope envelope(Response<byte[]> get) {
        try {
            byte[] bytes = get.get();
            return bytes != null && EnvelopeFormat.isEnvelope(bytes) ? EnvelopeFormat.decode(bytes) : null;
        } catch (EnvelopeException foreign) {
            return null;
        } catch (JedisDataException e) {
            if (String.valueOf(e.getMessage()).startsWith("WRONGTYPE")) {
                return null;
            }
            throw e;
        }
    }

    private List<String> legacyKeys(String key, Envelope envelope) {
        String place = key.substring(DataMover.KEY_PREFIX.length());
        int colon = place.indexOf(':');
        return colon < 0
                ? List.of()
                : maps.legacyKeys(place.substring(0, colon), place.substring(colon + 1), envelope.metadata()).stream()
                        .filter(each -> maps.keySpace(each) != null)
                        .map(each -> new String(each, StandardCharsets.UTF_8))
                        .toList();
    }

    @Override
    public void close() {
        link.close();
    }
}
