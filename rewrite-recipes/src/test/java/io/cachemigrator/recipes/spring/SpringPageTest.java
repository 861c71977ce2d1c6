package io.cachemigrator.recipes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.recipes.exchange.CompiledSources;
import io.cachemigrator.recipes.services.Refusal;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The code that the page on Spring's caches shows, and the codes that it explains. */
@Tag("REC-3")
@Tag("DOC-1")
class SpringPageTest {
    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "families", "spring-cache.md"));
    }

    @Test
    void code_thatIsShown_compiles() throws IOException {
        Matcher code = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL).matcher(page());
        assertThat(code.find()).isTrue();
        CompiledSources.check(SpringApi.classpath(), """
                import io.cachemigrator.cache.CacheService;
                import io.cachemigrator.cache.spring.ConsolidatedCacheManager;
                import org.springframework.cache.CacheManager;
                import org.springframework.context.annotation.Bean;

                class Caching {
                    record Profile(String name) {}

                    %s
                }
                """.formatted(code.group(1)));
    }

    @Test
    void page_explainsEveryCode() throws IOException {
        String page = page();
        assertThat(Stream.of(SpringRefusals.class.getDeclaredFields())
                        .filter(field -> field.getType() == Refusal.class)
                        .map(SpringPageTest::code))
                .hasSizeGreaterThan(7)
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
