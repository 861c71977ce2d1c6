package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies in a Redis Cluster: each goes to the master of its key, as into a single server. What the service remembers of
 * deletions is on another one: it is asked before, and once more after, as what was deleted in between must not come back.
 */
final class ClusterTarget implements CopyTarget {
    private static final int MOST_ROUNDS = 20;

    private final ClusterLinks<RedisTarget> links;
    private final ClusterDeletions deletions;
    private final String prefix;

    ClusterTarget(StoreUri uri, String prefix, String runId) {
        this.prefix = prefix;
        this.links = new ClusterLinks<>(uri, "target", link -> RedisTarget.inCluster(link, prefix, runId));
        this.deletions = new ClusterDeletions(links, prefix);
    }

    @Override
    public WriteState writeLarge(LargeCopy copy, Consumer<Replaced> replaced) throws IOException {
        Place place = copy.place();
        long readAt = copy.readAtMicros();
        if (deletions.since(List.of(place), readAt).get(0)) {
            return WriteState.READ_AGAIN;
        }
        WriteState state = links.streamed(key(place), target -> Optional.of(target.writeLarge(copy, replaced)))
                .orElse(WriteState.READ_AGAIN);
        if (state == WriteState.WRITTEN
                && deletions.since(List.of(place), readAt).get(0)) {
            Envelope head = read(List.of(place)).get(0);
            if (head != null && head.isMigrated()) {
                removeCopies(List.of(new Copy(place, head)));
            }
            return WriteState.READ_AGAIN;
        }
        return state;
    }

    @Override
    public @Nullable LargeDigest digest(Place place, Envelope head) throws IOException {
        return links.streamed(key(place), target -> Optional.ofNullable(target.digest(place, head)))
                .orElse(null);
    }

    @Override
    public void restoreLarge(Place place, Envelope head, RedisLarge.Content payload) throws IOException {
        links.streamed(key(place), target -> {
            target.restoreLarge(place, head, payload);
            return Optional.of(true);
        });
    }

    private byte[] key(Place place) {
        return (prefix + place.region() + ":" + place.id()).getBytes(StandardCharsets.UTF_8);
    }

    private static Place place(CopyEntry entry) {
        return new Place(entry.region(), entry.id());
    }

    private static List<Place> places(List<CopyEntry> entries) {
        return entries.stream().map(ClusterTarget::place).toList();
    }

    private List<byte[]> keys(List<Place> places) {
        return places.stream().map(this::key).toList();
    }

    /** By the clock that deletions are remembered by. */
    @Override
    public long nowMillis() {
        return deletions.onMaster(RedisTarget::nowMillis);
    }

    @Override
    public List<WriteState> write(List<CopyEntry> entries, WriteTerms terms, Consumer<Replaced> replaced) {
        List<WriteState> states = new ArrayList<>(Collections.nCopies(entries.size(), WriteState.READ_AGAIN));
        List<Boolean> deleted = deletions.since(places(entries), terms.readAtMicros());
        List<Integer> open = IntStream.range(0, entries.size())
                .filter(i -> !deleted.get(i))
                .boxed()
                .toList();
        if (open.isEmpty()) {
            return states;
        }
        List<CopyEntry> writes = open.stream().map(entries::get).toList();
        List<WriteState> made =
                links.onMasters(keys(places(writes)), writes, (target, some) -> target.write(some, terms, replaced));
        List<Boolean> deletedSince = deletions.since(places(writes), terms.readAtMicros());
        List<Copy> undone = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            if (!deletedSince.get(i)) {
                states.set(open.get(i), made.get(i));
            } else if (made.get(i) == WriteState.WRITTEN) {
                undone.add(new Copy(place(writes.get(i)), writes.get(i).envelope()));
            }
        }
        if (!undone.isEmpty()) {
            removeCopies(undone);
        }
        return states;
    }

    @Override
    public List<@Nullable Envelope> read(List<Place> places) {
        return links.<Place, @Nullable Envelope>onMasters(keys(places), places, RedisTarget::read);
    }

    @Override
    public BucketDigest digest(List<Place> places) {
        return BucketDigest.ofAnswers(links.<Place, List<?>>onMasters(keys(places), places, RedisTarget::digests));
    }

    @Override
    public void scanPlaces(Consumer<List<Place>> visitor) {
        onEveryMaster(target -> target.scanPlaces(visitor));
    }

    @Override
    public void scanCopies(Consumer<List<Copy>> visitor) {
        onEveryMaster(target -> target.scanCopies(visitor));
    }

    /** Where slots moved meanwhile, once more: whatever is found again is told again. */
    private void onEveryMaster(Consumer<RedisTarget> scan) {
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            String begun = links.map().text();
            try {
                List.copyOf(links.clients()).forEach(scan);
                links.refresh();
                if (begun.equals(links.map().text())) {
                    return;
                }
            } catch (MigratorException e) {
                if (!ClusterMap.isMoved(e)) {
                    throw e;
                }
            }
            links.settle();
        }
        throw links.neverStill(MOST_ROUNDS);
    }

    @Override
    public List<Boolean> removeCopies(List<Copy> copies) {
        List<byte[]> keys = copies.stream().map(copy -> key(copy.place())).toList();
        return links.onMasters(keys, copies, RedisTarget::removeCopies);
    }

    @Override
    public void restore(Place place, Envelope envelope) {
        links.onMasters(List.of(key(place)), List.of(place), (target, some) -> {
            target.restore(place, envelope);
            return some;
        });
    }

    @Override
    public void close() {
        links.close();
    }
}
