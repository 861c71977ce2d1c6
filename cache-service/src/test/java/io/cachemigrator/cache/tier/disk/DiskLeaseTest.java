package io.cachemigrator.cache.tier.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.DiskConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.contract.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The right to load an id, among two services over one file. */
@Tag("SVC-5")
class DiskLeaseTest {
    private static final RegionConfig REGION = RegionConfig.builder("r").build();

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    private Path folder;

    private DiskTier first;
    private DiskTier second;

    @BeforeEach
    void open() {
        first = new DiskTier(DiskConfig.of(folder), clock);
        second = new DiskTier(DiskConfig.of(folder), clock);
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void lease_whileAnotherHasIt_isRefused() throws Exception {
        assertThat(first.lease(REGION, "k", "one", 1_000)).isTrue();
        assertThat(second.lease(REGION, "k", "two", 1_000)).isFalse();
        assertThat(second.lease(REGION, "other", "two", 1_000)).isTrue();
    }

    @Test
    void lease_byItsOwner_isRenewed() throws Exception {
        first.lease(REGION, "k", "one", 1_000);
        clock.advance(Duration.ofMillis(900));
        assertThat(first.lease(REGION, "k", "one", 1_000)).isTrue();
        clock.advance(Duration.ofMillis(900));
        assertThat(second.lease(REGION, "k", "two", 1_000)).isFalse();
    }

    @Test
    void lease_afterItsTime_isTakenOver() throws Exception {
        first.lease(REGION, "k", "one", 1_000);
        clock.advance(Duration.ofMillis(1_000));
        assertThat(second.lease(REGION, "k", "two", 1_000)).isTrue();
        assertThat(first.lease(REGION, "k", "one", 1_000)).isFalse();
    }

    @Test
    void release_byItsOwner_letsAnotherTakeIt() throws Exception {
        first.lease(REGION, "k", "one", 1_000);
        first.release(REGION, "k", "one");
        assertThat(second.lease(REGION, "k", "two", 1_000)).isTrue();
    }

    @Test
    void release_byAnother_doesNothing() throws Exception {
        first.lease(REGION, "k", "one", 1_000);
        second.release(REGION, "k", "two");
        assertThat(second.lease(REGION, "k", "two", 1_000)).isFalse();
    }

    @Test
    void lease_afterTheClockWasSetBack_isTakenOver() throws Exception {
        first.lease(REGION, "k", "one", 1_000);
        clock.advance(Duration.ofHours(-1));
        assertThat(second.lease(REGION, "k", "two", 1_000)).isTrue();
    }
}
