package io.cachemigrator.cache.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-14")
class LegacyTimeTest {

    @Test
    void format_wholeAndFraction_hasSixDigitsOrNone() {
        assertThat(LegacyTime.format(LocalDateTime.parse("2025-08-03T10:15:00")))
                .isEqualTo("2025-08-03T10:15:00");
        assertThat(LegacyTime.format(LocalDateTime.parse("2025-08-03T10:15:30.12")))
                .isEqualTo("2025-08-03T10:15:30.120000");
        assertThat(LegacyTime.format(LocalDateTime.parse("2025-08-03T10:15:30.123456789")))
                .isEqualTo("2025-08-03T10:15:30.123456");
    }

    @Test
    void parse_eitherSeparatorOrAZone_isRead() {
        LocalDateTime time = LocalDateTime.parse("2025-08-03T10:15:30.123456");
        assertThat(LegacyTime.parse("2025-08-03T10:15:30.123456")).isEqualTo(time);
        assertThat(LegacyTime.parse("2025-08-03 10:15:30.123456")).isEqualTo(time);
        assertThat(LegacyTime.parse("2025-08-03T10:15:30.123456+00:00"))
                .isEqualTo(OffsetDateTime.parse("2025-08-03T10:15:30.123456Z")
                        .atZoneSameInstant(ZoneId.systemDefault())
                        .toLocalDateTime());
        assertThatThrownBy(() -> LegacyTime.parse("yesterday")).isInstanceOf(DateTimeParseException.class);
    }
}
