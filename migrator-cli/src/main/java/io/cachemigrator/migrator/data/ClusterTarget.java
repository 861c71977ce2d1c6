package io.cachemigrator.migrator.data;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Copies in a Redis Cluster: each goes to the master of its key, as into a single server. */
final class ClusterTarget implements CopyTarget {
    private static final int MOST_ROUNDS = 20;

    private final ClusterLinks<RedisTarget> links;
    private final String prefix;

    ClusterTarget(StoreUri uri, String prefix, String runId) {
        this.prefix = prefix;
        this.links = new ClusterLinks<>(uri, "target", link -> RedisTarget.inCluster(link, prefix, runId));
    }

    @Override
    public WriteState writeLarge(LargeCopy copy, Consumer<Replaced> replaced) throws IOException {
        return links.streamed(key(copy.place()), target -> Optional.of(target.writeLarge(copy, replaced)))
                .orElse(WriteState.READ_AGAIN);
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

    private List<byte[]> keys(List<Place> places) {
        return places.stream().map(this::key).toList();
    }

    @Override
    public long nowMillis() {
        return links.clients().get(0).nowMillis();
    }

    @Override
    public List<WriteState> write(List<CopyEntry> entries, WriteTerms terms, Consumer<Replaced> replaced) {
        List<byte[]> keys = entries.stream()
                .map(entry -> key(new Place(entry.region(), entry.id())))
                .toList();
        return links.onMasters(keys, entries, (target, some) -> target.write(some, terms, replaced));
    }

    @Override
    public List<@Nullable Envelope> read(List<Place> places) {
        return links.<Place, @Nullable Envelope>onMasters(keys(places), places, RedisTarget::read);
    }

    /** Where slots moved meanwhile, once more: whatever is found again is told again. */
    @Override
    public void scanCopies(Consumer<List<Copy>> visitor) {
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            String begun = links.map().text();
            try {
                List.copyOf(links.clients()).forEach(target -> target.scanCopies(visitor));
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
