package io.cachemigrator.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.contract.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Flight Recorder is told of loads and invalidations. */
@Tag("SVC-9")
class FlightRecorderTest {
    private static final String SECRET_ID = "patient:4711";

    @TempDir
    Path folder;

    private interface Work {
        void run() throws Exception;
    }

    /** The events of a type; those of another region may be of work that another test left behind. */
    private List<RecordedEvent> recorded(String type, String region, Work work) throws Exception {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.cachemigrator.Load");
            recording.enable("io.cachemigrator.Invalidation");
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("io.cachemigrator." + type))
                .filter(event -> List.of(region, "*").contains(event.getString("region")))
                .toList();
        assertThat(events).isNotEmpty().noneMatch(event -> event.toString().contains("4711"));
        return events;
    }

    private CacheService open() {
        return CacheService.open(
                CacheConfig.builder().diskFolder(folder.resolve("cache")).build());
    }

    private static String text(RecordedEvent event) {
        return event.getString("region") + " " + event.getString("outcome")
                + (event.getBoolean("waited") ? " waited" : "");
    }

    @Test
    @Tag("SVC-5")
    void loads_tellRegionOutcomeDurationAndWhetherTheyWaited() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (CacheService service = open()) {
            Region<String> region = service.region("loads", String.class);
            List<RecordedEvent> events = recorded("Load", "loads", () -> {
                region.getOrLoad("a", id -> "v");
                region.getOrLoad("a", id -> "a hit is no load");
                region.getOrLoad("b", id -> null);
                assertThatThrownBy(() -> region.getOrLoad("c", id -> {
                            throw new IllegalStateException("no source");
                        }))
                        .isInstanceOf(IllegalStateException.class);
                CompletableFuture<String> first =
                        CompletableFuture.supplyAsync(() -> region.getOrLoad(SECRET_ID, id -> {
                            loading.countDown();
                            awaitQuietly(go);
                            return "slow";
                        }));
                loading.await();
                CompletableFuture<String> second = region.async().getOrLoad(SECRET_ID, id -> {
                    throw new AssertionError("there is a load already");
                });
                Thread third = new Thread(() -> region.getOrLoad(SECRET_ID, id -> "never"));
                third.start();
                Eventually.await("the third waits", () -> third.getState() == Thread.State.WAITING);
                go.countDown();
                assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("slow");
                assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("slow");
                third.join(30_000);
            });
            assertThat(events)
                    .extracting(FlightRecorderTest::text)
                    .containsExactlyInAnyOrder(
                            "loads loaded",
                            "loads null",
                            "loads failed",
                            "loads loaded",
                            "loads shared waited",
                            "loads shared waited");
            assertThat(events).allMatch(event -> !event.getDuration().isNegative());
        }
    }

    @Test
    @Tag("SVC-5")
    void load_thatWaitsForAnotherProcess_tellsSo() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (CacheService one = open();
                CacheService other = open()) {
            assertThat(one.config().tiersOf(one.config().defaults())).isEqualTo(TierPolicy.MEMORY_DISK);
            List<RecordedEvent> events = recorded("Load", "waits", () -> {
                CompletableFuture<String> first = CompletableFuture.supplyAsync(
                        () -> one.region("waits", String.class).getOrLoad("k", id -> {
                            loading.countDown();
                            awaitQuietly(go);
                            return "v";
                        }));
                loading.await();
                Thread second =
                        new Thread(() -> other.region("waits", String.class).getOrLoad("k", id -> "mine"));
                second.start();
                Eventually.await("it waits for its turn", () -> second.getState() == Thread.State.TIMED_WAITING);
                go.countDown();
                first.get(30, TimeUnit.SECONDS);
                second.join(30_000);
            });
            assertThat(events)
                    .extracting(FlightRecorderTest::text)
                    .containsExactlyInAnyOrder("waits loaded", "waits found waited");
        }
    }

    @Test
    @Tag("SVC-7")
    void invalidations_tellRegionKindAndNumber() throws Exception {
        try (CacheService service = open()) {
            Region<String> region = service.region("invalidations", String.class);
            List<RecordedEvent> events = recorded("Invalidation", "invalidations", () -> {
                region.invalidateTags(List.of("one", SECRET_ID));
                region.invalidatePrefix(SECRET_ID);
                service.invalidateTags(List.of("one"));
            });
            assertThat(events)
                    .extracting(event -> event.getString("region") + " " + event.getString("kind") + " "
                            + event.getInt("names") + " " + event.getBoolean("recorded"))
                    .containsExactly("invalidations tags 2 true", "invalidations prefix 1 true", "* tags 1 true");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
