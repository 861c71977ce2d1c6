package io.cachemigrator.cache.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.local.LoadingLocalCache;
import io.cachemigrator.cache.local.LocalCache;
import io.cachemigrator.cache.local.LocalCacheBuilder;
import io.cachemigrator.cache.local.LocalCacheLoader;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A local cache shows the meters that dashboards know of caches. */
@Tag("REC-3")
class LocalCacheMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void monitor_aLoadingCache_showsLookUpsAndLoads() {
        LoadingLocalCache<String, String> cache = LocalCacheMetrics.monitor(
                registry,
                LocalCacheBuilder.newBuilder().recordStats().maximumSize(1).build(LocalCacheLoader.from(key -> {
                    if (key.equals("bad")) {
                        throw new IllegalStateException("bad");
                    }
                    return key + key;
                })),
                "names",
                "zone",
                "a");

        cache.getUnchecked("x");
        cache.getUnchecked("x");
        cache.getUnchecked("y");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> cache.getUnchecked("bad")))
                .isNotNull();

        assertThat(gets("hit")).isEqualTo(1);
        assertThat(gets("miss")).isEqualTo(3);
        assertThat(registry.get("cache.size")
                        .tags("cache", "names", "zone", "a")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("cache.evictions").functionCounter().count()).isEqualTo(1);
        assertThat(registry.get("cache.puts").functionCounter().count()).isEqualTo(3);
        assertThat(registry.get("cache.load")
                        .tags("result", "success")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("cache.load")
                        .tags("result", "failure")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("cache.load.duration").timeGauge().value()).isPositive();
    }

    @Test
    void monitor_aPlainCache_hasNoLoads() {
        LocalCache<String, String> cache = LocalCacheMetrics.monitor(
                registry, LocalCacheBuilder.newBuilder().recordStats().<String, String>build(), "names", Tags.empty());

        cache.put("x", "y");
        cache.getIfPresent("x");

        assertThat(gets("hit")).isEqualTo(1);
        assertThat(registry.find("cache.load").meters()).isEmpty();
    }

    private double gets(String result) {
        return registry.get("cache.gets")
                .tags("cache", "names", "result", result)
                .functionCounter()
                .count();
    }
}
