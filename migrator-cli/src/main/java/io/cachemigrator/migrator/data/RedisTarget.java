package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeException;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Copies in a Redis server. A batch is written by one script, which also tells what is stored then; only where something
 * older was there is that read, kept and replaced by a second call.
 */
final class RedisTarget implements CopyTarget {
    private static final int SCAN_COUNT = 500;
    private static final byte[] REMOVE =
            ascii("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0");

    private final RedisLink link;
    private final String prefix;
    private final String runId;
    private final CopyScript script;

    RedisTarget(RedisLink link, String prefix, String runId) {
        this(link, prefix, runId, new CopyScript(link, prefix, false));
    }

    private RedisTarget(RedisLink link, String prefix, String runId, CopyScript script) {
        this.link = link;
        this.prefix = prefix;
        this.runId = runId;
        this.script = script;
    }

    /** A master of a cluster, which has some of the keys. */
    static RedisTarget inCluster(RedisLink link, String prefix, String runId) {
        return new RedisTarget(link, prefix, runId, new CopyScript(link, prefix, true));
    }

    @Override
    public long nowMillis() {
        return link.serverMillis();
    }

    @Override
    public List<WriteState> write(List<CopyEntry> entries, WriteTerms terms, Consumer<Replaced> replaced) {
        List<CopyScript.Write> writes =
                entries.stream().map(entry -> write(entry, "")).toList();
        List<WriteState> states = new ArrayList<>(states(script.write(writes, terms), writes));
        List<Integer> older = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i) == null) {
                older.add(i);
            }
        }
        if (!older.isEmpty()) {
            replaceOlder(entries, older, states, terms, replaced);
        }
        return states;
    }

    private CopyScript.Write write(CopyEntry entry, String seen) {
        return new CopyScript.Write(
                entry.region(), key(entry.region(), entry.id()), seen, EnvelopeFormat.encode(entry.envelope()));
    }

    /** Null for an entry in whose place something older is, to be looked at first. */
    private static List<@Nullable WriteState> states(List<String> words, List<CopyScript.Write> writes) {
        List<@Nullable WriteState> states = new ArrayList<>(words.size());
        for (int i = 0; i < words.size(); i++) {
            states.add(
                    switch (words.get(i)) {
                        case "OLDER" -> null;
                        case "LATER" -> WriteState.SAME;
                        case "NEWER" -> WriteState.NEWER;
                        case "NONE" -> WriteState.EXPIRED;
                        case "LATE", "DELETED", "CHANGED" -> WriteState.READ_AGAIN;
                        default ->
                            words.get(i).equals(CopyScript.sha1(writes.get(i).envelope()))
                                    ? WriteState.WRITTEN
                                    : WriteState.DIFFERENT;
                    });
        }
        return states;
    }

    /** What is replaced is looked at and kept before, and replaced only if it is still the same. */
    private void replaceOlder(
            List<CopyEntry> entries,
            List<Integer> older,
            List<@Nullable WriteState> states,
            WriteTerms terms,
            Consumer<Replaced> replaced) {
        List<byte @Nullable []> found = stored(older.stream()
                .map(i -> key(entries.get(i).region(), entries.get(i).id()))
                .toList());
        List<Integer> places = new ArrayList<>();
        List<CopyScript.Write> writes = new ArrayList<>();
        for (int k = 0; k < older.size(); k++) {
            CopyEntry entry = entries.get(older.get(k));
            byte[] there = found.get(k);
            WriteState state = beforeReplacing(entry, there, replaced);
            states.set(older.get(k), state);
            if (state == null && there != null) {
                places.add(older.get(k));
                writes.add(write(entry, CopyScript.sha1(there)));
            }
        }
        if (writes.isEmpty()) {
            return;
        }
        List<@Nullable WriteState> after = states(script.write(writes, terms), writes);
        for (int k = 0; k < places.size(); k++) {
            WriteState state = after.get(k);
            states.set(places.get(k), state == null ? WriteState.READ_AGAIN : state);
        }
    }

    /** Null where it is to be replaced. */
    private @Nullable WriteState beforeReplacing(
            CopyEntry entry, byte @Nullable [] there, Consumer<Replaced> replaced) {
        if (there == null) {
            return WriteState.READ_AGAIN;
        }
        Envelope existing = decode(there);
        if (existing == null) {
            return WriteState.NEWER;
        }
        boolean own = RunMark.isCopyOf(existing, runId);
        boolean same = Entries.difference(entry, existing, 0) == null;
        if (same && (own || !existing.isMigrated())) {
            return own ? WriteState.SAME : WriteState.NEWER;
        }
        if (!own && !existing.isTombstone()) {
            replaced.accept(new Replaced(new Place(entry.region(), entry.id()), existing));
        }
        return null;
    }

    private List<byte @Nullable []> stored(List<byte[]> keys) {
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<byte[]>> gets = keys.stream().map(pipeline::get).toList();
            pipeline.sync();
            List<byte @Nullable []> found = new ArrayList<>(keys.size());
            for (Response<byte[]> get : gets) {
                found.add(bytesOf(get));
            }
            return found;
        });
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
    public BucketDigest digest(List<Place> places) {
        return script.digest(keys(places));
    }

    /** What the script says of each place, in order, for whoever puts a bucket together from several servers. */
    List<List<?>> digests(List<Place> places) {
        return script.digests(keys(places));
    }

    private List<byte[]> keys(List<Place> places) {
        return places.stream().map(place -> key(place.region(), place.id())).toList();
    }

    /** Times in fields of a hash; -1 where there is none. */
    List<Long> times(byte[] hash, List<String> fields) {
        byte[][] names = fields.stream().map(RedisTarget::ascii).toArray(byte[][]::new);
        return link.call(redis -> redis.hmget(hash, names)).stream()
                .map(time -> time == null ? -1L : Long.parseLong(new String(time, StandardCharsets.US_ASCII)))
                .toList();
    }

    @Override
    public void scanPlaces(Consumer<List<Place>> visitor) {
        scan(page -> visitor.accept(
                page.stream().map(this::place).filter(Objects::nonNull).toList()));
    }

    @Override
    public void scanCopies(Consumer<List<Copy>> visitor) {
        scan(page -> visitor.accept(copies(page)));
    }

    private void scan(Consumer<List<byte[]>> visitor) {
        ScanParams params = new ScanParams().count(SCAN_COUNT).match(globEscaped(prefix) + "*");
        String cursor = "0";
        do {
            byte[] from = ascii(cursor);
            ScanResult<byte[]> page = link.call(redis -> redis.scan(from, params));
            visitor.accept(page.getResult());
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

    private static SetParams onlyIfAbsent(Envelope envelope) {
        SetParams params = SetParams.setParams().nx();
        if (envelope.deadlineMillis() != Envelope.NO_DEADLINE) {
            params.pxAt(envelope.deadlineMillis());
        }
        return params;
    }

    @Override
    public String strain() {
        return RedisStrain.of(link.info("memory"), link.info("replication"));
    }

    private byte[] key(String region, String id) {
        return (prefix + region + ":" + id).getBytes(StandardCharsets.UTF_8);
    }

    /** Null for what the service keeps for itself. */
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
