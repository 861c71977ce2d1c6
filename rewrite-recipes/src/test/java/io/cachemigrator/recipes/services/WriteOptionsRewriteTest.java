package io.cachemigrator.recipes.services;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

@Tag("REC-1")
class WriteOptionsRewriteTest implements RewriteTest {
    private static final String CLASS = """
            import io.cachemigrator.%s;
            import java.time.Duration;

            class Desk {
                static final Duration HOUR = Duration.ofHours(1);
                static final Duration NONE = Duration.ofHours(0);

                Object work(%s options, boolean flag, Duration given) {
                    return %s;
                }
            }
            """;

    @Override
    public void defaults(RecipeSpec spec) {
        Sources.with(spec, new MigrateServices());
    }

    private static String before(String expression) {
        return CLASS.formatted("compat.services.SetOptions", "SetOptions", expression);
    }

    private static String after(String expression) {
        return CLASS.formatted("cache.WriteOptions", "WriteOptions", expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SetOptions.DEFAULTS|WriteOptions.DEFAULTS",
                "SetOptions.ttl(Duration.ofHours(2))|WriteOptions.ttl(Duration.ofHours(2))",
                "SetOptions.ttl(HOUR)|WriteOptions.ttl(HOUR)",
                "SetOptions.ttl(Desk.HOUR)|WriteOptions.ttl(Desk.HOUR)",
                "SetOptions.ifAbsent()|WriteOptions.ifAbsent()",
                "SetOptions.ifPresent()|WriteOptions.ifPresent()",
                "options.withTtl(HOUR)|options.withTtl(HOUR)",
                "options.ttl()|options.ttl()",
                "new SetOptions(null, false, false)|WriteOptions.DEFAULTS",
                "new SetOptions(HOUR, false, false)|WriteOptions.ttl(HOUR)",
                "new SetOptions(null, true, false)|WriteOptions.ifAbsent()",
                "new SetOptions(null, false, true)|WriteOptions.ifPresent()",
                "new SetOptions(HOUR, true, false)|WriteOptions.ifAbsent().withTtl(HOUR)",
                "new SetOptions(HOUR, false, true)|WriteOptions.ifPresent().withTtl(HOUR)",
                "options.nx()|options.condition() == WriteOptions.Condition.IF_ABSENT",
                "options.xx()|options.condition() == WriteOptions.Condition.IF_PRESENT",
                "!options.xx()|options.condition() != WriteOptions.Condition.IF_PRESENT",
                "flag && options.nx()|flag && options.condition() == WriteOptions.Condition.IF_ABSENT",
                "flag == options.nx()|flag == (options.condition() == WriteOptions.Condition.IF_ABSENT)",
                "flag == !options.nx()|flag == (options.condition() != WriteOptions.Condition.IF_ABSENT)",
                "flag ? SetOptions.ifAbsent() : options|flag ? WriteOptions.ifAbsent() : options",
            })
    void rewrite_options_becomeWriteOptions(String before, String after) {
        rewriteRun(java(before(before), after(after)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SetOptions.ttl(given)",
                "SetOptions.ttl(Duration.ZERO)",
                "SetOptions.ttl(NONE)",
                "SetOptions.ttl(Duration.ofHours(0))",
                "options.withTtl(given)",
                "new SetOptions(given, false, false)",
                "new SetOptions(HOUR, flag, false)",
                "(java.util.function.Predicate<SetOptions>) SetOptions::nx",
                "(java.util.function.Function<Duration, SetOptions>) SetOptions::ttl",
            })
    void rewrite_optionsOnlyKnownAtRunTime_stay(String expression) {
        rewriteRun(java(before(expression)));
    }
}
