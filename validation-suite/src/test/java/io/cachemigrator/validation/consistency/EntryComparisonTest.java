package io.cachemigrator.validation.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.envelope.Envelope;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("CLI-9")
class EntryComparisonTest {
    private static final LegacyEntry TICKET =
            SampleEntries.entry("ngx:conv:42", "string", "{\"secret\": \"hunter2\"}".getBytes(UTF_8), 118_500);

    private static Translation.Entry translated(LegacyEntry entry) {
        return (Translation.Entry) SampleEntries.translator().translate(entry);
    }

    private static Optional<Difference> compare(LegacyEntry entry, Envelope stored) {
        Translation.Entry wanted = translated(entry);
        return EntryComparison.compare(
                wanted, EntryComparison.deadlineMillis(entry, wanted), stored, SampleEntries.READ_AT);
    }

    static Stream<Arguments> samples() {
        return SampleEntries.all().stream()
                .filter(entry -> SampleEntries.translator().translate(entry) instanceof Translation.Entry)
                .map(entry -> Arguments.of(SampleEntries.key(entry), entry));
    }

    @Test
    void samples_areThoseThatTheMapCarriesOver() {
        assertThat(SampleEntries.all()).hasSize(53);
        assertThat(samples()).hasSize(41);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void compare_ofEverySampleEntry_seesEachKindOfDifference(String key, LegacyEntry entry) {
        Envelope copy = SampleEntries.envelope(entry, translated(entry));
        long deadline = copy.deadlineMillis();
        boolean expires = deadline != Envelope.NO_DEADLINE;
        byte[] longer = Arrays.copyOf(copy.payload(), copy.payload().length + 1);

        assertThat(compare(entry, copy)).isEmpty();
        assertThat(kind(entry, null)).isEqualTo(Difference.Kind.MISSING);
        assertThat(kind(entry, copy.withPayload(longer))).isEqualTo(Difference.Kind.VALUE);
        assertThat(kind(entry, withCodec(copy, (copy.codec() + 1) % 3))).isEqualTo(Difference.Kind.TYPE);
        assertThat(kind(entry, copy.withDeadline(expires ? Envelope.NO_DEADLINE : 1)))
                .isEqualTo(Difference.Kind.TTL);
        if (expires) {
            assertThat(compare(entry, copy.withDeadline(deadline + 1_000))).isEmpty();
            assertThat(compare(entry, copy.withDeadline(deadline - 1_000))).isEmpty();
            assertThat(kind(entry, copy.withDeadline(deadline + 1_001))).isEqualTo(Difference.Kind.TTL);
            assertThat(kind(entry, copy.withDeadline(deadline - 1_001))).isEqualTo(Difference.Kind.TTL);
        }
    }

    private static Difference.Kind kind(LegacyEntry entry, Envelope stored) {
        return compare(entry, stored).orElseThrow().kind();
    }

    private static Envelope withCodec(Envelope envelope, int codec) {
        return Envelope.of(codec, envelope.payload())
                .withFlags(envelope.flags())
                .withDeadline(envelope.deadlineMillis());
    }

    @Test
    void compare_withDeletionNullOrCompressed_isDifferent() {
        Envelope copy = SampleEntries.envelope(TICKET, translated(TICKET));

        assertThat(kind(TICKET, Envelope.tombstone(1, Long.MAX_VALUE))).isEqualTo(Difference.Kind.MISSING);
        assertThat(kind(TICKET, Envelope.ofNull(copy.codec()).withDeadline(copy.deadlineMillis())))
                .isEqualTo(Difference.Kind.VALUE);
        Envelope compressed = new Envelope(
                copy.codec(),
                Envelope.ZSTD,
                Envelope.UNENCRYPTED,
                0,
                0,
                copy.deadlineMillis(),
                List.of(),
                Map.of(),
                copy.payload());
        assertThat(kind(TICKET, compressed)).isEqualTo(Difference.Kind.VALUE);
    }

    @Test
    void difference_describesBothSidesWithoutValues() {
        Envelope other =
                SampleEntries.envelope(TICKET, translated(TICKET)).withPayload("{\"password\": 1}".getBytes(UTF_8));

        Difference difference = compare(TICKET, other).orElseThrow();

        assertThat(difference)
                .isEqualTo(new Difference(
                        "conversations",
                        "conv:42",
                        Difference.Kind.VALUE,
                        "21 bytes, codec 2, expires in 118 s",
                        "15 bytes, codec 2, expires in 118 s"));
        assertThat(difference.toString()).doesNotContain("hunter2", "password");
        assertThat(compare(TICKET, null).orElseThrow().target()).isEqualTo("no entry");
    }

    @Test
    void compare_ofCounterThatAnotherWasAddedTo_isEqual() {
        LegacyEntry counter = SampleEntries.text("ngx:metr:api:requests", "1500");
        Envelope sum = Envelope.of(Envelope.CODEC_JSON, "1508".getBytes(UTF_8)).withFlags(Envelope.MIGRATED);

        assertThat(compare(counter, sum.withMetadata(Map.of("legacy.merged.amount", "8"))))
                .isEmpty();
        assertThat(compare(counter, sum.withMetadata(Map.of("legacy.merged.amount", "9"))))
                .isPresent();
        assertThat(compare(counter, sum.withMetadata(Map.of("legacy.merged.amount", "x"))))
                .isPresent();
        assertThat(compare(counter, sum)).isPresent();
        assertThat(compare(counter, sum.withDeadline(1).withMetadata(Map.of("legacy.merged.amount", "8"))))
                .isPresent();
    }
}
