package io.cachemigrator.compat.deprecation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHM-2")
class UsageTextTest {
    private static CallSite site(String method, int line, long lastSeen) {
        return new CallSite(
                "com.example.Desk",
                method,
                line,
                "RedisCacheService.get",
                "KeyedCache.get",
                7,
                Instant.ofEpochMilli(lastSeen));
    }

    @Test
    void read_whatWasWritten_isTheSame() {
        List<CallSite> sites = List.of(site("answer", 42, 2_000), site("lambda$ask$0", -1, 1_000));
        assertThat(UsageText.read(UsageText.of(sites))).isEqualTo(sites);
    }

    @Test
    void of_moreThanFiveHundred_keepsThoseThatCalledLast() {
        List<CallSite> sites =
                IntStream.range(0, 600).mapToObj(i -> site("m" + i, i, i)).toList();
        assertThat(UsageText.read(UsageText.of(sites)))
                .hasSize(500)
                .allMatch(site -> site.lastSeen().toEpochMilli() >= 100);
    }

    @Test
    void of_controlCharacters_makeNoOtherFields() {
        CallSite odd = new CallSite("a\tb", "c\nd", 1, "e\u001b[31m", "f", 1, Instant.EPOCH);
        assertThat(UsageText.read(UsageText.of(List.of(odd))))
                .containsExactly(new CallSite("a b", "c d", 1, "e [31m", "f", 1, Instant.EPOCH));
    }

    @Test
    void read_whatIsNoRecord_isLeftOut() {
        String good = UsageText.of(List.of(site("answer", 42, 2_000)));
        assertThat(UsageText.read("\n\nnothing\na\tb\tc\td\tx\t1\t1\na\tb\tc\td\t1\t-1\t1\n" + good + "\n"))
                .containsExactly(site("answer", 42, 2_000));
        assertThat(UsageText.read("x".repeat(3 << 20))).isEmpty();
    }
}
