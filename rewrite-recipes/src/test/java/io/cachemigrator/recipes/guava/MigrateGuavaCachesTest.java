package io.cachemigrator.recipes.guava;

import static io.cachemigrator.recipes.guava.LocalApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.services.LegacyCallSites;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openrewrite.DocumentExample;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

@Tag("REC-1")
@Tag("REC-3")
class MigrateGuavaCachesTest implements RewriteTest {
    @Override
    public void defaults(RecipeSpec spec) {
        LocalApi.with(spec, new MigrateGuavaCaches());
    }

    @DocumentExample
    @Test
    void rewrite_aCacheAndItsBuilder_changesTheirTypesOnly() {
        String before = """
                package shop;

                import com.google.common.cache.Cache;
                import com.google.common.cache.CacheBuilder;
                import java.util.List;

                class Shop {
                    private final Cache<String, List<String>> cache = CacheBuilder.newBuilder().maximumSize(10).build();

                    List<String> find(String key) {
                        return cache.getIfPresent(key);
                    }
                }
                """;
        String after = """
                package shop;

                import io.cachemigrator.cache.local.LocalCache;
                import io.cachemigrator.cache.local.LocalCacheBuilder;
                import java.util.List;

                class Shop {
                    private final LocalCache<String, List<String>> cache = LocalCacheBuilder.newBuilder().maximumSize(10).build();

                    List<String> find(String key) {
                        return cache.getIfPresent(key);
                    }
                }
                """;
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .containsExactly(
                                        "8 Cache REWRITTEN",
                                        "8 CacheBuilder.build REWRITTEN",
                                        "8 CacheBuilder.maximumSize REWRITTEN",
                                        "8 CacheBuilder.newBuilder REWRITTEN",
                                        "11 Cache.getIfPresent REWRITTEN")),
                java(before, after));
        Compiled.check(after);
    }
}
