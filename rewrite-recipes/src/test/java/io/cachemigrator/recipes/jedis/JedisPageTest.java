package io.cachemigrator.recipes.jedis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.MapResult;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.map.translate.Translator;
import io.cachemigrator.recipes.services.Refusal;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map that the page on Jedis shows, and the codes that it explains. */
@Tag("REC-3")
@Tag("DOC-1")
class JedisPageTest {
    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "families", "jedis.md"));
    }

    private static Translator translator() throws IOException {
        Matcher yaml = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL).matcher(page());
        assertThat(yaml.find()).isTrue();
        MapResult map = MigrationMaps.parse(yaml.group(1), "jedis.md");
        assertThat(map).isInstanceOf(MapResult.Valid.class);
        return Translator.of(((MapResult.Valid) map).map(), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada", "", "{\"first\": \"Ada\"}", "\"Ada\"", "42", "текст", "I42\n."})
    void map_thatIsShown_bringsATextWhereACacheLooksForIt(String text) throws IOException {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        LegacyEntry entry =
                new LegacyEntry("name:7".getBytes(StandardCharsets.UTF_8), "string", value, 5_000, Instant.EPOCH);

        assertThat(translator().translate(entry)).isInstanceOfSatisfying(Translation.Entry.class, copied -> {
            assertThat(copied.region()).isEqualTo("text");
            assertThat(copied.id()).isEqualTo("name:7");
            assertThat(copied.payload()).isEqualTo(value);
            assertThat(copied.remainingTtlMillis()).isEqualTo(OptionalLong.of(5_000));
        });
    }

    @Test
    void page_explainsEveryCode() throws IOException {
        String page = page();
        assertThat(Stream.of(JedisRefusals.class.getDeclaredFields())
                        .filter(field -> field.getType() == Refusal.class)
                        .map(JedisPageTest::code))
                .hasSizeGreaterThan(10)
                .allSatisfy(code -> assertThat(page).contains("`" + code + "`"));
    }

    private static String code(Field field) {
        try {
            return ((Refusal) field.get(null)).code();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
