package io.cachemigrator.recipes.guava;

import static io.cachemigrator.recipes.guava.LocalApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.services.LegacyCallSites;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

/** Links in documentation name what is there, and the ends of lines stay what they were. */
@Tag("REC-1")
class GuavaDocumentationTest implements RewriteTest {
    private static final String BEFORE = """
            package shop;

            import com.google.common.cache.Cache;
            import com.google.common.cache.CacheBuilder;
            import com.google.common.cache.CacheBuilderSpec;
            import com.google.common.cache.CacheLoader;
            import java.util.List;

            /** Holds a {@link Cache} like {@link CacheLoader}, {@link CacheBuilderSpec}; see {@link Cache#getIfPresent(Object)}.
             *
             * @see com.google.common.cache.CacheBuilder#maximumSize(long)
             */
            class Shop {
                private final Cache<String, List<String>> cache = CacheBuilder.newBuilder().build();
            }
            """;
    private static final String AFTER = """
            package shop;

            import com.google.common.cache.CacheBuilderSpec;
            import io.cachemigrator.cache.local.LocalCache;
            import io.cachemigrator.cache.local.LocalCacheBuilder;
            import io.cachemigrator.cache.local.LocalCacheLoader;
            import java.util.List;

            /** Holds a {@link LocalCache} like {@link LocalCacheLoader}, {@link CacheBuilderSpec}; see {@link LocalCache#getIfPresent(Object)}.
             *
             * @see io.cachemigrator.cache.local.LocalCacheBuilder#maximumSize(long)
             */
            class Shop {
                private final LocalCache<String, List<String>> cache = LocalCacheBuilder.newBuilder().build();
            }
            """;

    @Override
    public void defaults(RecipeSpec spec) {
        LocalApi.with(spec, new MigrateGuavaCaches());
    }

    @Test
    void rewrite_linksInDocumentation_nameTheNewTypes() {
        rewriteRun(java(BEFORE, AFTER));
        Compiled.checkWithDocumentation(AFTER);
    }

    @Test
    void rewrite_aFileWithWindowsLines_keepsThem() {
        rewriteRun(java(BEFORE.replace("\n", "\r\n"), AFTER.replace("\n", "\r\n")));
    }

    @Test
    void rewrite_aFileWithWindowsLinesAndNoOtherImport_keepsThem() {
        String before = """
                import com.google.common.cache.ALL;

                class Shop {
                    Cache<String, String> cache = CacheBuilder.newBuilder().build();
                }
                """.replace(".ALL;", ".*;");
        String after = """
                import io.cachemigrator.cache.local.LocalCache;
                import io.cachemigrator.cache.local.LocalCacheBuilder;

                class Shop {
                    LocalCache<String, String> cache = LocalCacheBuilder.newBuilder().build();
                }
                """;
        rewriteRun(java(before.replace("\n", "\r\n"), after.replace("\n", "\r\n")));
    }

    @Test
    void rewrite_aFileThatOnlyDocuments_isRewrittenToo() {
        String before = """
                import com.google.common.cache.Cache;

                /** Not a {@link Cache}. */
                class Shop {}
                """;
        String after = """
                import io.cachemigrator.cache.local.LocalCache;

                /** Not a {@link LocalCache}. */
                class Shop {}
                """;
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows)).containsExactly("4 Cache REWRITTEN")),
                java(before, after));
        Compiled.checkWithDocumentation(after);
    }

    @Test
    void rewrite_aFileThatOnlyDocuments_staysWhereOldCachesStay() {
        rewriteRun(java("""
                import com.google.common.cache.Cache;

                /** Not a {@link Cache}. */
                class Shop {}
                """), java("""
                import com.google.common.cache.CacheBuilderSpec;

                class Other {
                    CacheBuilderSpec spec;
                }
                """));
    }

    @Test
    void rewrite_aWildcardThatOnlyDocumentationNeeds_stays() {
        String before = """
                import com.google.common.cache.ALL;

                /** Not a {@link CacheBuilderSpec}. */
                class Shop {
                    Cache<String, String> cache;
                }
                """.replace(".ALL;", ".*;");
        String after = """
                import com.google.common.cache.ALL;
                import io.cachemigrator.cache.local.LocalCache;

                /** Not a {@link CacheBuilderSpec}. */
                class Shop {
                    LocalCache<String, String> cache;
                }
                """.replace(".ALL;", ".*;");
        rewriteRun(java(before, after));
        Compiled.checkWithDocumentation(after);
    }
}
