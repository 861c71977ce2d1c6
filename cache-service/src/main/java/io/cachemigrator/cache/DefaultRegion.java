package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.Codec;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.memory.HeldEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One view of an open region. */
final class DefaultRegion<V> implements Region<V> {
    private final OpenRegion region;
    private final RegionCounters counters;

    private final MemoryHits hits;
    private final ValueReader<V> reader;
    private final EntryWriter<V> writer;
    private final Loading<V> loading;
    private final RegionTools tools;

    DefaultRegion(OpenRegion region, Codec<V> codec) {
        this.region = region;
        this.counters = region.counters();
        boolean shares = codec.immutableValues() || region.config().shareValues();
        this.hits = new MemoryHits(shares ? region.memory() : null, codec, counters.freshHits);
        this.reader = new ValueReader<>(codec, shares);
        this.writer = new EntryWriter<>(region.config(), region.seal(), codec);
        this.loading = new Loading<>(this, region);
        this.tools = new RegionTools(region);
    }

    /** Whether the region's configuration has changed since this view was made. */
    boolean isRetired() {
        return region.isRetired();
    }

    @Override
    public String name() {
        return region.config().name();
    }

    @Override
    public RegionConfig config() {
        return region.config();
    }

    @Override
    public @Nullable V get(String id) {
        @Nullable HeldEntry hit = hits.fresh(id);
        return hit == null ? findOut(id) : decodedBefore(hit);
    }

    private @Nullable V findOut(String id) {
        @Nullable HeldEntry hit = hits.live(id, region.reads());
        return hit == null ? lookUp(id).valueOrNull() : decodedBefore(hit);
    }

    @SuppressWarnings("unchecked") // an equal codec made it
    private @Nullable V decodedBefore(HeldEntry hit) {
        return (V) hit.decoded();
    }

    @Override
    public Lookup<V> lookup(String id) {
        @Nullable Lookup<V> hit = shared(id);
        return hit == null ? lookUp(id) : hit;
    }

    private Lookup<V> lookUp(String id) {
        return decode(region.reads().find(Texts.id(id)));
    }

    /** A hit in memory that may be handed out to all; null = look for it. */
    @Nullable
    Lookup<V> shared(String id) {
        @Nullable HeldEntry known = hits.fresh(id);
        @Nullable HeldEntry hit = known == null ? hits.live(id, region.reads()) : known;
        if (hit == null) {
            return null;
        }
        @SuppressWarnings("unchecked") // an equal codec made it
        Lookup<V> lookup = (Lookup<V>) hit.wrapped();
        return lookup;
    }

    @Override
    public Map<String, Lookup<V>> lookupAll(Collection<String> ids) {
        RegionStore reads = region.reads();
        Map<String, Lookup<V>> lookups = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (String id : ids) {
            if (!lookups.containsKey(id)) {
                @Nullable Lookup<V> hit = shared(id);
                if (hit == null) {
                    others.add(Texts.id(id));
                }
                // one that is looked for below keeps its place
                lookups.put(id, hit == null ? new Lookup.Absent<>() : hit);
            }
        }
        if (!others.isEmpty()) {
            reads.findAll(others).forEach((id, found) -> lookups.put(id, decode(found)));
        }
        return lookups;
    }

    @Override
    public Map<String, V> findAll(Collection<String> ids) {
        Map<String, V> present = new LinkedHashMap<>();
        lookupAll(ids).forEach((id, lookup) -> {
            @Nullable V value = lookup.valueOrNull();
            if (value != null) {
                present.put(id, value);
            }
        });
        return present;
    }

    /** Decodes and counts what a look-up has found. */
    Lookup<V> decode(Found found) {
        Lookup<V> lookup = reader.decoded(found);
        if (lookup instanceof Lookup.Present) {
            counters.hits.increment();
        } else if (lookup instanceof Lookup.Absent) {
            counters.misses.increment();
        } else if (lookup instanceof Lookup.Stale) {
            counters.stale.increment();
        } else if (lookup instanceof Lookup.Undecodable) {
            counters.undecodable.increment();
        }
        return lookup;
    }

    /** What this view's codec makes of stored bytes. */
    ValueReader<V> reader() {
        return reader;
    }

    @Override
    public WriteOutcome put(String id, @Nullable V value, WriteOptions options) {
        @Nullable EntryWrite entry = writer.write(Texts.id(id), value, options);
        return entry == null ? WriteOutcome.TOO_LARGE : region.writes().put(List.of(entry), condition(options));
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable V> values, WriteOptions options) {
        List<EntryWrite> entries = new ArrayList<>(values.size());
        for (Map.Entry<String, ? extends @Nullable V> value : values.entrySet()) {
            @Nullable EntryWrite entry = writer.write(Texts.id(value.getKey()), value.getValue(), options);
            if (entry == null) {
                return WriteOutcome.TOO_LARGE;
            }
            entries.add(entry);
        }
        return entries.isEmpty() ? WriteOutcome.STORED : region.writes().put(entries, condition(options));
    }

    /** Stores what a load has given, unless something newer is there. */
    void putLoaded(String id, @Nullable V value, WriteOptions options, RegionWrites.LoadTicket ticket) {
        @Nullable EntryWrite entry = writer.write(id, value, options);
        if (entry != null) {
            PutCondition asked = condition(options);
            region.writes().putLoaded(entry, asked == PutCondition.ALWAYS ? PutCondition.LOADED : asked, ticket);
        }
    }

    private static PutCondition condition(WriteOptions options) {
        return switch (options.condition()) {
            case ALWAYS -> PutCondition.ALWAYS;
            case IF_ABSENT -> PutCondition.IF_ABSENT;
            case IF_PRESENT -> PutCondition.IF_PRESENT;
        };
    }

    @Override
    public WriteOutcome delete(String id) {
        long removed = region.writes().delete(List.of(Texts.id(id)));
        return removed < 0
                ? WriteOutcome.UNAVAILABLE
                : removed == 0 ? WriteOutcome.CONDITION_NOT_MET : WriteOutcome.STORED;
    }

    @Override
    public BulkDeletion deleteAll(Collection<String> ids) {
        List<String> distinct = Texts.ids(ids);
        long removed = distinct.isEmpty() ? 0 : region.writes().delete(distinct);
        return new BulkDeletion(Math.max(0, removed), removed >= 0);
    }

    @Override
    public boolean exists(String id) {
        return region.reads().exists(Texts.id(id));
    }

    @Override
    public WriteOutcome expire(String id, Duration ttl) {
        if (ttl.isZero() || ttl.isNegative()) {
            return delete(id);
        }
        return region.writes().expire(Texts.id(id), EntryWriter.roundedUp(ttl));
    }

    @Override
    public WriteOutcome persist(String id) {
        return region.writes().expire(Texts.id(id), EntryWrite.NO_EXPIRY);
    }

    @Override
    public Lookup<Duration> timeToLive(String id) {
        return region.reads().timeToLive(Texts.id(id));
    }

    @Override
    public CounterResult increment(String id, long delta) {
        return region.writes().increment(Texts.id(id), delta);
    }

    @Override
    public @Nullable V getOrLoad(
            String id, Function<? super String, ? extends @Nullable V> loader, LoadOptions options) {
        return loading.getOrLoad(id, loader, options);
    }

    @Override
    public @Nullable EntryDetails describe(String id) {
        if (!(region.reads().inspect(Texts.id(id)) instanceof Found.Live live)) {
            return null;
        }
        return tools.details(id, live);
    }

    @Override
    public RegionPage scan(@Nullable String from, int limit) {
        return tools.scan(from, limit);
    }

    @Override
    public WriteOutcome restore(EntryDetails entry, boolean overwrite) {
        return tools.restore(entry, overwrite);
    }

    @Override
    public Map<String, EntryState<V>> states(Collection<String> ids) {
        return new RegionStates<>(region, writer, reader).states(Texts.ids(ids));
    }

    @Override
    public Map<String, WriteOutcome> applyAll(Map<String, ? extends EntryState<V>> states) {
        return new RegionStates<>(region, writer, reader).apply(states);
    }

    @Override
    public InvalidationOutcome invalidateTags(Collection<String> tags) {
        List<String> names = Texts.tags(tags);
        return InvalidationEvent.told(
                name(), "tags", names.size(), () -> region.writes().invalidateTags(names));
    }

    @Override
    public InvalidationOutcome invalidatePrefix(String prefix) {
        String start = Texts.id(prefix);
        return InvalidationEvent.told(name(), "prefix", 1, () -> region.writes().invalidatePrefix(start));
    }

    @Override
    public ClearOutcome clear() {
        return region.writes().clear("");
    }

    @Override
    public ClearOutcome clear(String prefix) {
        return region.writes().clear(Texts.id(prefix));
    }

    @Override
    public RegionStatistics statistics() {
        return region.statistics();
    }

    @Override
    public AsyncRegion<V> async() {
        return new DefaultAsyncRegion<>(this, loading, region);
    }
}
