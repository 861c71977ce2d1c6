package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeySpace;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.verify.ComparisonResult;
import io.cachemigrator.migrator.verify.ComparisonState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is in the legacy store with what is in the target, both ways, while both may be in use. Pages of keys are
 * compared by several workers; what differs is {@linkplain Settling looked at again} before it counts. Used once.
 */
final class DataComparison {
    private static final int SCAN_COUNT = 1_000;
    private static final int MOST_OPEN = 5_000;
    private static final Duration SAVED_EVERY = Duration.ofSeconds(1);
    /** Of each of the two directions of a sample; together 95 % certainty. */
    private static final double ERROR = 0.025;

    private final Request request;
    private final Keeper keeper;
    private final BatchComparison.Options options;
    private final ComparisonTally tally = new ComparisonTally();
    private final List<BatchComparison.Suspect> open = new ArrayList<>();
    private long saved = System.nanoTime();

    /**
     * What is compared, and how.
     *
     * @param maps what becomes of legacy entries
     * @param stores both stores
     * @param threads workers, 1 or more
     * @param digest whether the target is asked for digests first, so that equal values are not sent
     * @param legacyCounts whether mirrors keep the target like the legacy store
     * @param toleranceMillis deadlines that are further apart differ
     * @param pauses before each further look at what differs
     * @param cancellation asked between pages
     */
    record Request(
            MapSet maps,
            Stores stores,
            int threads,
            boolean digest,
            boolean legacyCounts,
            long toleranceMillis,
            List<Duration> pauses,
            Cancellation cancellation) {}

    /** Keeps how far a comparison has come. */
    @FunctionalInterface
    interface Keeper {
        /** Keeps nothing. */
        Keeper NONE = state -> {};

        void save(ComparisonState state);
    }

    DataComparison(Request request, Keeper keeper) {
        this.request = request;
        this.keeper = keeper;
        this.options = new BatchComparison.Options(
                request.maps(), request.digest(), request.legacyCounts(), request.toleranceMillis());
    }

    /** Compares every entry. */
    ComparisonResult full() {
        return full(null);
    }

    /** Goes on with a comparison of every entry; from the beginning where the legacy store is another process or file now. */
    ComparisonResult full(@Nullable ComparisonState before) {
        try (ComparisonPool pool = new ComparisonPool(options, request.stores(), request.threads())) {
            try (LegacyReader scanner = request.stores().openLegacy()) {
                fromLegacy(pool, scanner, before);
            }
            fromTarget(pool);
        }
        return tally.result(request.digest() ? "digest" : "full", 1.0);
    }

    /**
     * Compares {@code size} legacy entries and as many places of the target, drawn at random, all of them equally likely.
     *
     * @param random draws them
     */
    ComparisonResult sample(int size, RandomGenerator random) {
        Reservoir<byte[]> keys = new Reservoir<>(size, random);
        Reservoir<CopyTarget.Place> places = new Reservoir<>(size, random);
        double legacySide;
        try (ComparisonPool pool = new ComparisonPool(options, request.stores(), request.threads())) {
            try (LegacyReader scanner = request.stores().openLegacy()) {
                scan(scanner, keys::offer);
            }
            tally.keys(keys.seen());
            for (List<byte[]> page : pages(keys.drawn())) {
                request.cancellation().check();
                take(ComparisonPool.await(pool.submit(worker -> worker.compare(page))));
            }
            settle(pool);
            sums(pool);
            legacySide = keys.drawn().size() == keys.seen()
                    ? 1
                    : SampleConfidence.soundShare(tally.compared(), tally.differenceCount(), keys.seen(), ERROR);
            try (CopyTarget target = request.stores().openTarget()) {
                target.scanPlaces(page -> {
                    request.cancellation().check();
                    page.forEach(places::offer);
                });
            }
            Orphans orphans = new Orphans(pool);
            places.drawn().forEach(orphans::offer);
            orphans.end();
        }
        double targetSide =
                SampleConfidence.soundShare(places.drawn().size(), tally.extra().size(), places.seen(), ERROR);
        return tally.result("sample", Math.min(legacySide, targetSide));
    }

    private static <T> List<List<T>> pages(List<T> all) {
        List<List<T>> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += SCAN_COUNT) {
            pages.add(all.subList(from, Math.min(all.size(), from + SCAN_COUNT)));
        }
        return pages;
    }

    /** Legacy keys of the entries that differ, to copy them again. */
    List<byte[]> differing() {
        return tally.differing();
    }

    /** Copies that no legacy entry stands behind, to remove them. */
    List<CopyTarget.Copy> extra() {
        return tally.extra();
    }

    private void scan(LegacyReader scanner, Consumer<byte[]> visitor) {
        String cursor = LegacyReader.START;
        do {
            request.cancellation().check();
            LegacyReader.Page page =
                    scanner.scan(cursor, SCAN_COUNT, request.maps().onlyScanPattern());
            carriedOver(page.keys()).forEach(visitor);
            cursor = page.next();
        } while (!cursor.equals(LegacyReader.START));
    }

    private List<byte[]> carriedOver(List<byte[]> keys) {
        List<byte[]> carried = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            KeySpace space = request.maps().keySpace(key);
            if (space != null && DataCopy.isCopied(space)) {
                carried.add(key);
            }
        }
        return carried;
    }

    /** A page on its way through a worker. */
    private record Pending(Future<BatchComparison.PageResult> result, int keys, String next) {}

    private void fromLegacy(ComparisonPool pool, LegacyReader scanner, @Nullable ComparisonState before) {
        ComparisonState from = before != null && before.identity().equals(scanner.identity()) ? before : null;
        if (from != null) {
            restore(pool, from);
        }
        if (from == null || from.phase() == ComparisonState.Phase.LEGACY) {
            pages(pool, scanner, from == null ? LegacyReader.START : from.position());
            settle(pool);
            sums(pool);
            keeper.save(state(ComparisonState.Phase.TARGET, LegacyReader.START, scanner.identity()));
        }
    }

    private void restore(ComparisonPool pool, ComparisonState before) {
        tally.restore(before.found());
        for (byte[] key : ComparisonTally.keys(before.merged())) {
            ComparisonPool.await(pool.submit(worker -> worker.lookAgain(List.of(key))));
        }
        for (List<byte[]> page : pages(ComparisonTally.keys(before.open()))) {
            open.addAll(ComparisonPool.await(pool.submit(worker -> worker.lookAgain(page))));
        }
    }

    private void pages(ComparisonPool pool, LegacyReader scanner, String from) {
        Deque<Pending> pending = new ArrayDeque<>();
        String cursor = from;
        boolean more = true;
        while (more || !pending.isEmpty()) {
            while (more
                    && pending.size() < pool.most()
                    && !request.cancellation().isRequested()) {
                LegacyReader.Page page =
                        scanner.scan(cursor, SCAN_COUNT, request.maps().onlyScanPattern());
                List<byte[]> keys = carriedOver(page.keys());
                cursor = page.next();
                more = !cursor.equals(LegacyReader.START);
                pending.add(new Pending(pool.submit(worker -> worker.compare(keys)), keys.size(), cursor));
            }
            Pending first = pending.poll();
            if (first != null) {
                tally.keys(first.keys());
                take(ComparisonPool.await(first.result()));
                if (open.size() >= MOST_OPEN) {
                    settle(pool);
                }
                if (!first.next().equals(LegacyReader.START)) {
                    save(first.next(), scanner.identity());
                }
            } else {
                request.cancellation().check();
            }
        }
    }

    private void take(BatchComparison.PageResult page) {
        tally.add(page.counts());
        open.addAll(page.suspects());
    }

    private void save(String position, String identity) {
        long now = System.nanoTime();
        if (now - saved >= SAVED_EVERY.toNanos() || request.cancellation().isRequested()) {
            keeper.save(state(ComparisonState.Phase.LEGACY, position, identity));
            saved = now;
        }
    }

    private ComparisonState state(ComparisonState.Phase phase, String position, String identity) {
        return tally.state(
                phase,
                position,
                identity,
                open.stream().map(BatchComparison.Suspect::legacyKey).toList(),
                options.merged().values());
    }

    private void settle(ComparisonPool pool) {
        List<BatchComparison.Suspect> suspects = List.copyOf(open);
        open.clear();
        ComparisonPool.await(pool.submit(worker -> {
            settling(worker).settle(suspects);
            return true;
        }));
    }

    private void sums(ComparisonPool pool) {
        ComparisonPool.await(pool.submit(worker -> {
            worker.compareSums(tally);
            return true;
        }));
    }

    private Settling settling(BatchComparison worker) {
        return new Settling(request.pauses(), worker, tally, request.cancellation());
    }

    private void fromTarget(ComparisonPool pool) {
        Orphans orphans = new Orphans(pool);
        try (CopyTarget target = request.stores().openTarget()) {
            target.scanPlaces(page -> {
                request.cancellation().check();
                orphans.offerUnseen(page);
            });
        }
        orphans.end();
    }

    /** Places of the target that are not known to have a legacy entry, on their way through the workers. */
    private final class Orphans {
        private final ComparisonPool pool;
        private final Deque<Future<List<CopyTarget.Copy>>> pending = new ArrayDeque<>();
        private final List<CopyTarget.Copy> found = new ArrayList<>();
        private List<CopyTarget.Place> places = new ArrayList<>();

        Orphans(ComparisonPool pool) {
            this.pool = pool;
        }

        void offer(CopyTarget.Place place) {
            places.add(place);
            if (places.size() == SCAN_COUNT) {
                handOut();
            }
        }

        /** Offers those of a page that are not known to have a legacy entry; the workers find out which. */
        void offerUnseen(List<CopyTarget.Place> page) {
            handOut(worker -> worker.orphans(options.seen().unseen(page)));
        }

        private void handOut() {
            List<CopyTarget.Place> page = places;
            places = new ArrayList<>();
            handOut(worker -> worker.orphans(page));
        }

        private void handOut(Function<BatchComparison, List<CopyTarget.Copy>> work) {
            pending.add(pool.submit(work));
            while (pending.size() > pool.most()) {
                take();
            }
        }

        private void take() {
            found.addAll(ComparisonPool.await(pending.remove()));
            if (found.size() >= MOST_OPEN) {
                settle();
            }
        }

        private void settle() {
            List<CopyTarget.Copy> copies = List.copyOf(found);
            found.clear();
            ComparisonPool.await(pool.submit(worker -> {
                settling(worker).settleExtra(copies);
                return true;
            }));
        }

        void end() {
            handOut();
            while (!pending.isEmpty()) {
                take();
            }
            settle();
        }
    }
}
