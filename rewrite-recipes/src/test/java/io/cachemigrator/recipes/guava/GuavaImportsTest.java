package io.cachemigrator.recipes.guava;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

/** Imports follow what is used, in their groups; what needs no change gets none. */
@Tag("REC-1")
class GuavaImportsTest implements RewriteTest {
    @Override
    public void defaults(RecipeSpec spec) {
        LocalApi.with(spec, new MigrateGuavaCaches());
    }

    /** The texts have {@code ALL} where a wildcard is meant. */
    private void check(String before, String after) {
        String expected = after.replace(".ALL;", ".*;");
        rewriteRun(java(before.replace(".ALL;", ".*;"), expected));
        Compiled.check(expected);
    }

    @Test
    void rewrite_groups_stayAsTheyWere() {
        check("""
                package shop;

                import static com.google.common.cache.CacheBuilder.newBuilder;

                import java.util.List;

                import com.google.common.cache.Cache;
                import com.google.common.collect.ImmutableList;

                class Shop {
                    Cache<String, String> cache = newBuilder().build();
                    List<String> list = ImmutableList.of();
                }
                """, """
                package shop;

                import static io.cachemigrator.cache.local.LocalCacheBuilder.newBuilder;

                import java.util.List;

                import com.google.common.collect.ImmutableList;
                import io.cachemigrator.cache.local.LocalCache;

                class Shop {
                    LocalCache<String, String> cache = newBuilder().build();
                    List<String> list = ImmutableList.of();
                }
                """);
    }

    @Test
    void rewrite_aWildcard_becomesTheNamesThatAreUsed() {
        check("""
                import com.google.common.cache.ALL;
                import java.util.ALL;

                class Shop {
                    Cache<String, List<String>> cache = CacheBuilder.newBuilder().build();
                }
                """, """
                import io.cachemigrator.cache.local.LocalCache;
                import io.cachemigrator.cache.local.LocalCacheBuilder;
                import java.util.ALL;

                class Shop {
                    LocalCache<String, List<String>> cache = LocalCacheBuilder.newBuilder().build();
                }
                """);
    }

    @Test
    void rewrite_staticConstants_areImportedFromTheNewType() {
        check("""
                import static com.google.common.cache.RemovalCause.ALL;

                import com.google.common.cache.RemovalNotification;

                class Shop {
                    boolean is(RemovalNotification<String, String> n) {
                        return n.getCause() == EXPIRED || n.getCause() == SIZE;
                    }
                }
                """, """
                import static io.cachemigrator.cache.local.RemovalCause.ALL;

                import io.cachemigrator.cache.local.RemovalNotification;

                class Shop {
                    boolean is(RemovalNotification<String, String> n) {
                        return n.getCause() == EXPIRED || n.getCause() == SIZE;
                    }
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import io.cachemigrator.cache.local.LocalCache;\nimport io.cachemigrator.cache.local.LocalCacheBuilder;\n\nclass Done {\n    LocalCache<String, String> cache = LocalCacheBuilder.newBuilder().build();\n}\n",
                "import com.google.common.collect.ImmutableMap;\n\nclass Other {\n    ImmutableMap<String, String> map = ImmutableMap.of();\n}\n",
                "import com.google.common.util.concurrent.UncheckedExecutionException;\n\nclass Other {\n    boolean is(Object it) {\n        return it instanceof UncheckedExecutionException;\n    }\n}\n"
            })
    void rewrite_whatIsMigratedOrForeign_staysAsItIs(String source) {
        rewriteRun(java(source));
    }
}
