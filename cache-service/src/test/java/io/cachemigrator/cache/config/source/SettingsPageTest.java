package io.cachemigrator.cache.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the tables of settings and the settings together. */
@Tag("SVC-10")
@Tag("DOC-1")
class SettingsPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+`) \\| [^|]+ \\| [^|]+ \\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private static Set<String> table(String from, String to) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "cache-service.md"));
        Set<String> names = new TreeSet<>();
        Matcher row = ROW.matcher(page.substring(page.indexOf(from), page.indexOf(to)));
        while (row.find()) {
            Matcher name = NAME.matcher(row.group(1));
            while (name.find()) {
                assertThat(names.add(name.group(1))).as(name.group(1)).isTrue();
            }
        }
        return names;
    }

    @Test
    void settingsOfTheService_areThoseOfThePage() throws IOException {
        Set<String> known = new TreeSet<>(ServiceSettings.PATHS);
        known.add(ServiceSettings.ENCRYPTION_KEYS + "N");
        known.add(ServiceSettings.ENCRYPTION_KEY_FILES + "N");
        assertThat(table("### Settings of the service", "### Settings of regions"))
                .isEqualTo(known);
    }

    @Test
    void settingsOfRegions_areThoseOfThePage() throws IOException {
        assertThat(table("### Settings of regions", "### Changing it while it runs"))
                .isEqualTo(new TreeSet<>(RegionSettings.names()));
    }
}
