package io.cachemigrator.recipes.guava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.services.LegacyCallSites;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

/** Meters of a cache move with it. */
@Tag("REC-1")
@Tag("REC-3")
class GuavaMetricsTest implements RewriteTest {
    @Override
    public void defaults(RecipeSpec spec) {
        LocalApi.with(spec, new MigrateGuavaCaches());
    }

    @Test
    void micrometersBinder_becomesOurs() {
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(rows)
                                .extracting(LegacyCallSites.Row::outcome)
                                .containsOnly(LegacyCallSites.Outcome.REWRITTEN)),
                java("""
                        package shop;

                        import com.google.common.cache.Cache;
                        import com.google.common.cache.CacheBuilder;
                        import io.micrometer.core.instrument.MeterRegistry;
                        import io.micrometer.core.instrument.binder.cache.GuavaCacheMetrics;

                        class Shop {
                            private final Cache<String, Integer> prices;

                            Shop(MeterRegistry registry) {
                                prices = GuavaCacheMetrics.monitor(registry, CacheBuilder.newBuilder().recordStats().<String, Integer>build(), "prices");
                            }
                        }
                        """, """
                        package shop;

                        import io.cachemigrator.cache.local.LocalCache;
                        import io.cachemigrator.cache.local.LocalCacheBuilder;
                        import io.cachemigrator.cache.observe.LocalCacheMetrics;
                        import io.micrometer.core.instrument.MeterRegistry;

                        class Shop {
                            private final LocalCache<String, Integer> prices;

                            Shop(MeterRegistry registry) {
                                prices = LocalCacheMetrics.monitor(registry, LocalCacheBuilder.newBuilder().recordStats().<String, Integer>build(), "prices");
                            }
                        }
                        """));
    }
}
