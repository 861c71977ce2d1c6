package io.cachemigrator.migrator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.migrator.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the error reference and the code together. */
@Tag("DOC-1")
class ErrorPagesTest {
    private static final Path ROOT = RepositoryRoot.find();
    private static final Pattern HEADING = Pattern.compile("^### (CM-\\d{3})$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("\"(CM-\\d{3})");

    @Test
    void errorsPage_hasAHeadingForEveryCode_andNoOther() throws IOException {
        assertThat(matches(HEADING, Files.readString(ROOT.resolve("docs/errors.md"))))
                .isEqualTo(codesInSources());
    }

    @Test
    void codes_areUnique() {
        Set<String> own = Arrays.stream(ErrorCode.values()).map(ErrorCode::code).collect(Collectors.toSet());
        Set<String> service =
                Arrays.stream(CacheErrorCode.values()).map(CacheErrorCode::code).collect(Collectors.toSet());
        assertThat(own).hasSize(ErrorCode.values().length).doesNotContainAnyElementsOf(service);
        assertThat(service).hasSize(CacheErrorCode.values().length);
    }

    @Test
    void exitCodesOfThePage_areThoseOfTheCode() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/errors.md"));
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(page)
                    .containsPattern(
                            "\\| \\[" + code.code() + "]\\([^)]*\\) \\| [^|]+ \\| " + code.exitCode() + " \\|");
        }
    }

    private static Set<String> codesInSources() throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : (Iterable<Path>) files.filter(f ->
                    f.toString().contains("/src/main/java/") && f.toString().endsWith(".java"))::iterator) {
                codes.addAll(matches(CODE, Files.readString(file)));
            }
        }
        return codes;
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
