package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
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
    private final RedisLarge large;

    RedisTarget(RedisLink link, String prefix, String runId) {
        this(link, prefix, runId, false);
    }

    private RedisTarget(RedisLink link, String prefix, String runId, boolean cluster) {
        this.link = link;
        this.prefix = prefix;
        this.runId = runId;
        this.script = new CopyScript(link, prefix, cluster);
        this.large = new RedisLarge(link, prefix, script, cluster);
    }

    /** A master of a cluster, which has some of the keys. */
    static RedisTarget inCluster(RedisLink link, String prefix, String runId) {
        return new RedisTarget(link, prefix, runId, true);
    }

    @Override
    public long nowMillis() {
        return link.serverMillis();
    }

    @Override
    public List<WriteState> write(List<CopyEntry> entries, WriteTerms terms, Consumer<Replaced> replaced) {
        List<CopyScript.Write> writes = new ArrayList<>(entries.size());
        entries.forEach(entry -> writes.add(write(entry, "")));
        List<WriteState> states = states(script.write(writes, terms));
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
    private static List<@Nullable WriteState> states(List<String> words) {
        List<@Nullable WriteState> states = new ArrayList<>(words.size());
        for (String word : words) {
            states.add(state(word));
        }
        return states;
    }

    /** What a script says of an entry; null where something older is. */
    static @Nullable WriteState state(String word) {
        return switch (word) {
            case CopyScript.STORED -> WriteState.WRITTEN;
            case "OLDER" -> null;
            case "LATER" -> WriteState.SAME;
            case "NEWER" -> WriteState.NEWER;
            case "NONE" -> WriteState.EXPIRED;
            case "LATE", "DELETED", "CHANGED" -> WriteState.READ_AGAIN;
            default -> WriteState.DIFFERENT;
        };
    }

    /** What is replaced is looked at and kept before, and replaced only if it is still the same. */
    private void replaceOlder(
            List<CopyEntry> entries,
            List<Integer> older,
            List<@Nullable WriteState> states,
            WriteTerms terms,
            Consumer<Replaced> replaced) {
        List<Integer> places = new ArrayList<>();
        List<CopyScript.Write> writes = new ArrayList<>();
        for (int place : older) {
            CopyEntry entry = entries.get(place);
            // one by one, as each may be large
            RedisStored.Entry there = stored(key(entry.region(), entry.id()));
            WriteState state = beforeReplacing(entry, there, replaced);
            states.set(place, state);
            if (state == null && there != null) {
                places.add(place);
                writes.add(write(entry, there.mark()));
            }
        }
        if (writes.isEmpty()) {
            return;
        }
        List<@Nullable WriteState> after = states(script.write(writes, terms));
        for (int k = 0; k < places.size(); k++) {
            WriteState state = after.get(k);
            states.set(places.get(k), state == null ? WriteState.READ_AGAIN : state);
        }
    }

    private RedisStored.@Nullable Entry stored(byte[] key) {
        return link.call(redis -> Optional.ofNullable(new RedisStored(redis).entry(key)))
                .orElse(null);
    }

    /** Null where it is to be replaced. */
    private @Nullable WriteState beforeReplacing(
            CopyEntry entry, RedisStored.@Nullable Entry there, Consumer<Replaced> replaced) {
        if (there == null) {
            return WriteState.READ_AGAIN;
        }
        Envelope existing = there.envelope();
        if (existing == null) {
            return WriteState.NEWER;
        }
        boolean own = RunMark.isCopyOf(existing, runId);
        // a time to live that was renewed a moment ago is carried over too
        boolean same = own
                ? Entries.difference(entry, existing, 0, Entries.EXACT_MILLIS) == null
                : Entries.difference(entry, existing, 0) == null;
        if (same && (own || !existing.isMigrated())) {
            return own ? WriteState.SAME : WriteState.NEWER;
        }
        keep(new Place(entry.region(), entry.id()), existing, replaced);
        return null;
    }

    private void keep(Place place, Envelope existing, Consumer<Replaced> replaced) {
        if (RunMark.isCopyOf(existing, runId) || existing.isTombstone()) {
            return;
        }
        byte[] key = key(place.region(), place.id());
        replaced.accept(
                LargeHead.isHead(existing)
                        ? new Replaced(place, existing, out -> large.writeTo(key, existing, out))
                        : new Replaced(place, existing));
    }

    @Override
    public WriteState writeLarge(LargeCopy copy, Consumer<Replaced> replaced) throws IOException {
        byte[] key = key(copy.place().region(), copy.place().id());
        return large.write(copy, key, runId, existing -> keep(copy.place(), existing, replaced));
    }

    @Override
    public @Nullable LargeDigest digest(Place place, Envelope head) throws IOException {
        return large.digest(key(place.region(), place.id()), head);
    }

    @Override
    public List<@Nullable Envelope> read(List<Place> places) {
        List<byte[]> keys = new ArrayList<>(places.size());
        places.forEach(place -> keys.add(key(place.region(), place.id())));
        List<@Nullable Envelope> envelopes = link.call(redis -> new RedisStored(redis).envelopes(keys));
        envelopes.replaceAll(envelope -> envelope == null || envelope.isTombstone() ? null : envelope);
        return envelopes;
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
        List<byte[]> placed = new ArrayList<>(keys.size());
        List<Place> places = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            Place place = place(key);
            if (place != null) {
                placed.add(key);
                places.add(place);
            }
        }
        List<@Nullable Envelope> envelopes = link.call(redis -> new RedisStored(redis).envelopes(placed));
        List<Copy> copies = new ArrayList<>(places.size());
        for (int i = 0; i < places.size(); i++) {
            Envelope envelope = envelopes.get(i);
            if (envelope != null && !envelope.isTombstone()) {
                copies.add(new Copy(places.get(i), envelope));
            }
        }
        return copies;
    }

    @Override
    public List<Boolean> removeCopies(List<Copy> copies) {
        return link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<Object>> removals = new ArrayList<>(copies.size());
            for (Copy copy : copies) {
                byte[] key = key(copy.place().region(), copy.place().id());
                removals.add(
                        LargeHead.isHead(copy.envelope())
                                ? large.remove(pipeline, key, copy.envelope())
                                : pipeline.eval(REMOVE, List.of(key), List.of(EnvelopeFormat.encode(copy.envelope()))));
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

    @Override
    public void restoreLarge(Place place, Envelope head, RedisLarge.Content payload) throws IOException {
        large.restore(key(place.region(), place.id()), head, payload);
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
        // no region's name starts with one: keys of the cache service itself, and copies on their way
        return !text.startsWith(prefix) || colon < 0 || text.startsWith("!", prefix.length())
                ? null
                : new Place(text.substring(prefix.length(), colon), text.substring(colon + 1));
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
