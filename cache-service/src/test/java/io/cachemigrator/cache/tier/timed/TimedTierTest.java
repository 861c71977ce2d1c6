package io.cachemigrator.cache.tier.timed;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.cache.envelope.EnvelopeFormat;
import io.cachemigrator.cache.tier.EntryWrite;
import io.cachemigrator.cache.tier.PutCondition;
import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.memory.MemoryTier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SVC-9")
class TimedTierTest {
    private static final RegionConfig REGION = RegionConfig.builder("r").build();

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.5, 0.9, 0.99, 1})
    void quantile_ofAnyTimes_isAtMostAnEighthTooLarge(double share) {
        long[] times = new Random(7)
                .longs(10_000, 0, Duration.ofSeconds(100).toNanos())
                .map(time -> time >>> (time % 30))
                .sorted()
                .toArray();
        TimeHistogram histogram = new TimeHistogram();
        LongStream.of(times).forEach(histogram::record);
        long exact = times[Math.max(0, (int) Math.ceil(share * times.length) - 1)];
        assertThat(histogram.quantile(share)).isBetween(exact, exact + exact / 8 + 1);
        assertThat(histogram.count()).isEqualTo(10_000);
        assertThat(histogram.total()).isEqualTo(LongStream.of(times).sum());
        assertThat(histogram.max()).isEqualTo(times[9_999]);
    }

    @Test
    void histogram_emptyOrExtreme_staysInRange() {
        TimeHistogram histogram = new TimeHistogram();
        assertThat(histogram.quantile(0.5)).isZero();
        histogram.record(-1);
        histogram.record(Long.MAX_VALUE);
        assertThat(histogram.count()).isEqualTo(2);
        assertThat(histogram.quantile(0)).isZero();
        assertThat(histogram.quantile(1)).isPositive();
    }

    @Test
    void operations_areCountedByRegionAndKind_andToldToFlightRecorder(@TempDir Path folder)
            throws TierUnavailableException, IOException {
        TimedTier tier = new TimedTier(new MemoryTier(Clock.systemUTC()));
        byte[] envelope = EnvelopeFormat.encode(Envelope.of(Envelope.CODEC_TEXT, new byte[] {'v'}));
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.cachemigrator.TierOperation").withThreshold(Duration.ZERO);
            recording.start();
            tier.put(REGION, List.of(new EntryWrite("a", envelope, 1_000)), PutCondition.ALWAYS);
            tier.getAll(REGION, List.of("a", "b"));
            tier.getAll(REGION, List.of("a"));
            tier.delete(REGION, List.of("a"));
            recording.stop();
            recording.dump(file);
        }
        assertThat(tier.timesOf("r").get("get").count()).isEqualTo(2);
        assertThat(tier.timesOf("r").keySet()).containsExactly("delete", "get", "put");
        assertThat(tier.timesOf("other")).isEmpty();
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events)
                .extracting(event ->
                        event.getString("tier") + " " + event.getString("region") + " " + event.getString("operation")
                                + " " + event.getInt("entries") + " " + event.getBoolean("failed"))
                .containsExactly(
                        "memory r put 1 false",
                        "memory r get 2 false",
                        "memory r get 1 false",
                        "memory r delete 1 false");
    }
}
