package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Copies in a Redis server. A write is {@code SET NX PXAT}, so it loses to whatever is there, and its read-back goes in
 * the same round trip; only where something was there already does a script compare and replace.
 */
final class RedisTarget implements CopyTarget {
    private static final int SCAN_COUNT = 500;
    private static final byte[] REPLACE = ascii("if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end "
            + "if ARGV[3] == '-1' then redis.call('SET', KEYS[1], ARGV[2]) "
            + "else redis.call('SET', KEYS[1], ARGV[2], 'PXAT', ARGV[3]) end return 1");
    private static final byte[] REMOVE =
            ascii("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0");

    private final RedisLink link;
    private final String prefix;
    private final String runId;

    RedisTarget(RedisLink link, String prefix, String runId) {
        this.link = link;
        this.prefix = prefix;
        this.runId = runId;
    }

    @Override
    public long nowMillis() {
        return link.serverMillis();
    }

    @Override
    public List<WriteState> write(List<CopyEntry> entries, Consumer<Replaced> replaced) {
        List<byte[]> bytes = entries.stream()
                .map(entry -> EnvelopeFormat.encode(entry.envelope()))
                .toList();
        List<@Nullable String> stored = new ArrayList<>(entries.size());
        List<byte @Nullable []> found = new ArrayList<>(entries.size());
        link.call(redis -> {
            List<Response<String>> sets = new ArrayList<>(entries.size());
            List<Response<byte[]>> gets = new ArrayList<>(entries.size());
            Pipeline pipeline = redis.pipelined();
            for (int i = 0; i < entries.size(); i++) {
                byte[] key = key(entries.get(i).region(), entries.get(i).id());
                sets.add(pipeline.set(
                        key, bytes.get(i), onlyIfAbsent(entries.get(i).envelope())));
                gets.add(pipeline.get(key));
            }
            pipeline.sync();
            for (int i = 0; i < entries.size(); i++) {
                stored.add(sets.get(i).get());
                found.add(gets.get(i).get());
            }
            return entries.size();
        });
        List<WriteState> states = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            byte[] there = found.get(i);
            if (there == null) {
                states.add(WriteState.EXPIRED);
            } else if (stored.get(i) != null) {
                states.add(Arrays.equals(there, bytes.get(i)) ? WriteState.WRITTEN : WriteState.DIFFERENT);
            } else {
                states.add(overExisting(entries.get(i), bytes.get(i), there, replaced));
            }
        }
        return states;
    }

    private static SetParams onlyIfAbsent(Envelope envelope) {
        SetParams params = SetParams.setParams().nx();
        if (envelope.deadlineMillis() != Envelope.NO_DEADLINE) {
            params.pxAt(envelope.deadlineMillis());
        }
        return params;
    }

    private WriteState overExisting(CopyEntry entry, byte[] bytes, byte[] there, Consumer<Replaced> replaced) {
        Envelope existing = decode(there);
        if (existing == null || !existing.isMigrated() || existing.isTombstone()) {
            return WriteState.NEWER;
        }
        if (Entries.difference(entry, existing, 0) == null && RunMark.isCopyOf(existing, runId)) {
            return WriteState.SAME;
        }
        Place place = new Place(entry.region(), entry.id());
        if (!RunMark.isCopyOf(existing, runId)) {
            replaced.accept(new Replaced(place, existing));
        }
        byte[] key = key(entry.region(), entry.id());
        byte[] deadline = ascii(String.valueOf(entry.envelope().deadlineMillis()));
        Object done = link.call(redis -> redis.eval(REPLACE, List.of(key), List.of(there, bytes, deadline)));
        if (!Long.valueOf(1).equals(done)) {
            return WriteState.NEWER;
        }
        byte[] back = link.call(redis -> redis.get(key));
        return back == null
                ? WriteState.EXPIRED
                : Arrays.equals(back, bytes) ? WriteState.WRITTEN : WriteState.DIFFERENT;
    }

    @Override
    public List<@Nullable Envelope> read(List<Place> places) {
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<byte[]>> gets = places.stream()
                    .map(place -> pipeline.get(key(place.region(), place.id())))
                    .toList();
            pipeline.sync();
            List<@Nullable Envelope> envelopes = new ArrayList<>(places.size());
            for (Response<byte[]> get : gets) {
                envelopes.add(live(get));
            }
            return envelopes;
        });
    }

    private static @Nullable Envelope live(Response<byte[]> get) {
        byte[] bytes = bytesOf(get);
        Envelope envelope = bytes == null ? null : decode(bytes);
        return envelope == null || envelope.isTombstone() ? null : envelope;
    }

    /** Null for what is no string: indexes and records of the cache service itself. */
    private static byte @Nullable [] bytesOf(Response<byte[]> get) {
        try {
            return get.get();
        } catch (JedisDataException e) {
            if (String.valueOf(e.getMessage()).toUpperCase(Locale.ROOT).startsWith("WRONGTYPE")) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void scanCopies(Consumer<List<Copy>> visitor) {
        ScanParams params = new ScanParams().count(SCAN_COUNT).match(globEscaped(prefix) + "*");
        String cursor = "0";
        do {
            byte[] from = ascii(cursor);
            ScanResult<byte[]> page = link.call(redis -> redis.scan(from, params));
            visitor.accept(copies(page.getResult()));
            cursor = page.getCursor();
        } while (!cursor.equals("0"));
    }

    private List<Copy> copies(List<byte[]> keys) {
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<byte[]>> gets = keys.stream().map(pipeline::get).toList();
            pipeline.sync();
            List<Copy> copies = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                Place place = place(keys.get(i));
                Envelope envelope = live(gets.get(i));
                if (place != null && envelope != null) {
                    copies.add(new Copy(place, envelope));
                }
            }
            return copies;
        });
    }

    @Override
    public List<Boolean> removeCopies(List<Copy> copies) {
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<Object>> removals = new ArrayList<>(copies.size());
            for (Copy copy : copies) {
                byte[] key = key(copy.place().region(), copy.place().id());
                removals.add(pipeline.eval(REMOVE, List.of(key), List.of(EnvelopeFormat.encode(copy.envelope()))));
            }
            pipeline.sync();
            return removals.stream()
                    .map(removal -> Long.valueOf(1).equals(removal.get()))
                    .toList();
        });
    }

    @Override
    public void restore(Place place, Envelope envelope) {
        byte[] key = key(place.region(), place.id());
        byte[] bytes = EnvelopeFormat.encode(envelope);
        link.call(redis -> redis.set(key, bytes, onlyIfAbsent(envelope)));
    }

    private byte[] key(String region, String id) {
        return (prefix + region + ":" + id).getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable Place place(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        int colon = text.indexOf(':', prefix.length());
        return !text.startsWith(prefix) || colon < 0
                ? null
                : new Place(text.substring(prefix.length(), colon), text.substring(colon + 1));
    }

    private static @Nullable Envelope decode(byte[] bytes) {
        try {
            return EnvelopeFormat.isEnvelope(bytes) ? EnvelopeFormat.decode(bytes) : null;
        } catch (EnvelopeException e) {
            // not an entry of the cache service: somebody else's, which is never touched
            return null;
        }
    }

    private static String globEscaped(String text) {
        return text.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        link.close();
    }
}
