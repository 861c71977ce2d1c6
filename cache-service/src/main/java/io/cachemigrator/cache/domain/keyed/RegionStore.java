package io.cachemigrator.cache.domain.keyed;

import com.fasterxml.jackson.databind.JsonNode;
import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.EntryState;
import io.cachemigrator.cache.InvalidationOutcome;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.RegionPage;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.CodecException;
import io.cachemigrator.cache.domain.keyed.KeyRoutes.Shape;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps entries in the regions of a service. */
final class RegionStore implements TaggedStore {
    private static final int PAGE = 500;
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final CacheService service;
    private final KeyRoutes routes;
    private final boolean owned;
    private final PrecomputedShape precomputed;
    private final Map<String, Region<RawJson>> regions = new ConcurrentHashMap<>();

    /** With {@code owned}, closing this closes the service. */
    RegionStore(CacheService service, KeyRoutes routes, boolean owned) {
        this.service = service;
        this.routes = routes;
        this.owned = owned;
        this.precomputed = new PrecomputedShape(service.config().clock());
    }

    @Override
    public <T> Lookup<T> lookup(String key, Class<T> type) {
        Place place = place(key);
        return decoded(place, place.region().lookup(place.id()), type);
    }

    @Override
    public <T> Map<String, Lookup<T>> lookupAll(Collection<String> keys, Class<T> type) {
        Map<String, Place> places = new LinkedHashMap<>();
        Map<String, Map<String, Lookup<RawJson>>> found = new LinkedHashMap<>();
        for (String key : keys) {
            Place place = place(key);
            places.put(key, place);
            found.computeIfAbsent(place.region().name(), name -> new LinkedHashMap<>())
                    .put(place.id(), new Lookup.Absent<>());
        }
        found.forEach((name, ids) -> ids.putAll(region(name).lookupAll(ids.keySet())));
        Map<String, Lookup<T>> lookups = new LinkedHashMap<>();
        places.forEach((key, place) -> {
            Map<String, Lookup<RawJson>> ids = found.getOrDefault(place.region().name(), Map.of());
            lookups.put(key, decoded(place, ids.getOrDefault(place.id(), new Lookup.Absent<>()), type));
        });
        return lookups;
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        Place place = place(key);
        return place.region().put(place.id(), encoded(place, value), options);
    }

    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        Map<String, Map<String, @Nullable RawJson>> byRegion = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            Place place = place(key);
            byRegion.computeIfAbsent(place.region().name(), name -> new LinkedHashMap<>())
                    .put(place.id(), encoded(place, value));
        });
        WriteOutcome all = WriteOutcome.STORED;
        for (Map.Entry<String, Map<String, @Nullable RawJson>> entry : byRegion.entrySet()) {
            WriteOutcome one = region(entry.getKey()).putAll(entry.getValue(), options);
            all = all.isStored() ? one : all;
        }
        return all;
    }

    @Override
    public WriteOutcome delete(String key) {
        Place place = place(key);
        return place.region().delete(place.id());
    }

    @Override
    public WriteOutcome exists(String key) {
        Place place = place(key);
        return place.region().exists(place.id()) ? WriteOutcome.STORED : WriteOutcome.CONDITION_NOT_MET;
    }

    @Override
    public WriteOutcome expire(String key, Duration ttl) {
        Place place = place(key);
        return place.region().expire(place.id(), ttl);
    }

    @Override
    public CounterResult increment(String key, long delta) {
        Place place = place(key);
        return place.region().increment(place.id(), delta);
    }

    @Override
    public ClearOutcome clear() {
        long removed = 0;
        boolean complete = true;
        for (String name : routes.regions()) {
            ClearOutcome outcome = region(name).clear();
            removed += outcome.removed();
            complete &= outcome.complete();
        }
        return new ClearOutcome(removed, complete);
    }

    @Override
    public Map<String, EntryState<byte[]>> states(Collection<String> keys) {
        Map<String, Map<String, Place>> byRegion = new LinkedHashMap<>();
        for (String key : keys) {
            Place place = place(key);
            byRegion.computeIfAbsent(place.region().name(), name -> new LinkedHashMap<>())
                    .put(key, place);
        }
        Map<String, EntryState<byte[]>> states = new LinkedHashMap<>();
        byRegion.forEach((name, places) -> {
            Map<String, EntryState<RawJson>> found =
                    region(name).states(places.values().stream().map(Place::id).toList());
            places.forEach((key, place) -> {
                EntryState<RawJson> state = found.getOrDefault(place.id(), new EntryState.Unknown<>("no answer"));
                states.put(
                        key,
                        state instanceof EntryState.Present<RawJson> present
                                ? text(place, present)
                                : withoutValue(state));
            });
        });
        return states;
    }

    private static <S, T> EntryState<T> withoutValue(EntryState<S> state) {
        return state instanceof EntryState.Absent<S> absent
                ? new EntryState.Absent<>(absent.asOf())
                : new EntryState.Unknown<>(((EntryState.Unknown<S>) state).reason());
    }

    private EntryState<byte[]> text(Place place, EntryState.Present<RawJson> present) {
        RawJson raw = present.value();
        byte[] text;
        try {
            text = raw == null || place.shape() == Shape.PRECOMPUTED
                    ? KeyedJson.write(decoded(place, raw, JsonNode.class))
                    : raw.bytes();
        } catch (CodecException unreadable) {
            return new EntryState.Unknown<>(String.valueOf(unreadable.getMessage()));
        }
        return new EntryState.Present<>(text, present.asOf(), present.deadline(), present.tags(), present.metadata());
    }

    @Override
    public Map<String, WriteOutcome> applyAll(Map<String, EntryState<byte[]>> states) {
        Map<String, Map<String, EntryState<RawJson>>> byRegion = new LinkedHashMap<>();
        states.forEach((key, state) -> {
            Place place = place(key);
            byRegion.computeIfAbsent(place.region().name(), name -> new LinkedHashMap<>())
                    .put(
                            place.id(),
                            state instanceof EntryState.Present<byte[]> present
                                    ? raw(place, present)
                                    : withoutValue(state));
        });
        Map<String, Map<String, WriteOutcome>> outcomes = new LinkedHashMap<>();
        byRegion.forEach((name, own) -> outcomes.put(name, region(name).applyAll(own)));
        Map<String, WriteOutcome> byKey = new LinkedHashMap<>();
        for (String key : states.keySet()) {
            Place place = place(key);
            byKey.put(
                    key,
                    outcomes.getOrDefault(place.region().name(), Map.of())
                            .getOrDefault(place.id(), WriteOutcome.UNAVAILABLE));
        }
        return byKey;
    }

    private EntryState<RawJson> raw(Place place, EntryState.Present<byte[]> present) {
        byte[] text = present.value();
        RawJson raw = null;
        if (text != null && !Arrays.equals(text, NULL)) {
            raw = new RawJson(text);
            if (place.shape() == Shape.PRECOMPUTED) {
                try {
                    raw = encoded(place, KeyedJson.read(text, JsonNode.class));
                } catch (CodecException notJson) {
                    // kept as it is: a reader is told of it when it is read
                    raw = new RawJson(text);
                }
            }
        }
        return new EntryState.Present<>(raw, present.asOf(), present.deadline(), present.tags(), present.metadata());
    }

    @Override
    public ClearOutcome clearTag(String prefix, String tag) {
        InvalidationOutcome outcome = place(prefix).region().invalidateTags(List.of(tag));
        return new ClearOutcome(outcome.entries().orElse(0), outcome.recorded());
    }

    /** The region finds them by itself, so nobody needs them here. */
    @Override
    public Set<String> keysOf(String tag) {
        return Set.of();
    }

    @Override
    public Map<String, Stored> entries(String prefix) {
        Place place = place(prefix);
        Map<String, Stored> found = new LinkedHashMap<>();
        String from = null;
        do {
            RegionPage page = place.region().scan(from, PAGE);
            for (EntryDetails entry : page.entries()) {
                if (entry.id().startsWith(place.id())) {
                    String key = prefix + entry.id().substring(place.id().length());
                    found.put(key, new Stored(entry.payload().length, entry.tags()));
                }
            }
            from = page.next();
        } while (from != null);
        return found;
    }

    @Override
    public Clock clock() {
        return service.config().clock();
    }

    @Override
    public CacheHealth health() {
        return service.health();
    }

    @Override
    public void close() {
        if (owned) {
            service.close();
        }
    }

    private <T> Lookup<T> decoded(Place place, Lookup<RawJson> found, Class<T> type) {
        try {
            if (found instanceof Lookup.Present<RawJson> present) {
                return new Lookup.Present<>(decoded(place, present.value(), type), present.deadline());
            } else if (found instanceof Lookup.Stale<RawJson> stale) {
                return new Lookup.Stale<>(decoded(place, stale.value(), type), stale.deadline());
            } else if (found instanceof Lookup.Unavailable<RawJson> unavailable) {
                return new Lookup.Unavailable<>(unavailable.reason());
            } else if (found instanceof Lookup.Undecodable<RawJson> undecodable) {
                return new Lookup.Undecodable<>(undecodable.kind(), undecodable.reason());
            }
            return new Lookup.Absent<>();
        } catch (CodecException e) {
            return new Lookup.Undecodable<>(String.valueOf(e.getMessage()));
        }
    }

    private <T> @Nullable T decoded(Place place, @Nullable RawJson raw, Class<T> type) throws CodecException {
        if (raw == null) {
            return null;
        }
        return place.shape() == Shape.PRECOMPUTED
                ? precomputed.unwrap(raw.bytes(), type)
                : KeyedJson.read(raw.bytes(), type);
    }

    private @Nullable RawJson encoded(Place place, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        Object stored = place.shape() == Shape.PRECOMPUTED ? precomputed.wrap(value) : value;
        return new RawJson(KeyedJson.write(stored));
    }

    private Place place(String key) {
        return routes.routeOf(key)
                .map(route -> new Place(region(route.region()), route.idOf(key), route.shape()))
                .orElseGet(() -> new Place(region(routes.fallback()), key, Shape.PLAIN));
    }

    private Region<RawJson> region(String name) {
        return regions.computeIfAbsent(name, each -> service.region(each, RawJson.CODEC));
    }

    /** Where an entry is, and how its value is kept. */
    private record Place(Region<RawJson> region, String id, Shape shape) {}
}
