package io.cachemigrator.cache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.error.ValidationException;
import io.cachemigrator.cache.local.LocalCacheBuilder;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names, settings, and Spring's annotations over it. */
@Tag("REC-3")
class ConsolidatedCacheManagerTest {
    private static Cache cache(ConsolidatedCacheManager manager, String name) {
        return Objects.requireNonNull(manager.getCache(name));
    }

    @Test
    void names_thatAreFixed_areTheOnlyOnes() {
        ConsolidatedCacheManager manager = new ConsolidatedCacheManager("a", "b");

        assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("a", "b");
        assertThat(manager.getCache("c")).isNull();
        manager.setCacheNames(null);
        assertThat(manager.getCache("c")).isNotNull().isSameAs(manager.getCache("c"));
        assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void nulls_thatAreNotAllowed_areRefused() {
        ConsolidatedCacheManager manager = new ConsolidatedCacheManager("a");
        manager.setAllowNullValues(false);
        Cache cache = cache(manager, "a");

        assertThat(manager.isAllowNullValues()).isFalse();
        assertThatThrownBy(() -> cache.put("key", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cache.get("key", () -> null))
                .isInstanceOf(Cache.ValueRetrievalException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void builder_thatBounds_boundsEachCache() {
        AtomicLong nanos = new AtomicLong();
        ConsolidatedCacheManager manager = new ConsolidatedCacheManager("a");
        manager.setCacheBuilder(LocalCacheBuilder.newBuilder()
                .expireAfterWrite(5, TimeUnit.SECONDS)
                .ticker(nanos::get));
        Cache cache = cache(manager, "a");
        cache.put("key", "value");
        cache(manager, "a").put("other", "value");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));

        assertThat(cache.get("key")).isNull();
        manager.setCacheSpecification("maximumSize=1,concurrencyLevel=1");
        Cache small = cache(manager, "a");
        small.put("one", "1");
        small.put("two", "2");
        assertThat(small.get("one")).isNull();
        assertThat(small.get("two")).isNotNull();
    }

    @Test
    void specification_asCaffeineHasIt_isRead() {
        ConsolidatedCacheManager manager = new ConsolidatedCacheManager("a");
        manager.setCacheSpecification("maximumSize=500, expireAfterWrite = 10m,initialCapacity=8 , softValues");
        cache(manager, "a").put("key", "value");

        assertThat(cache(manager, "a").get("key", String.class)).isEqualTo("value");
        assertThatThrownBy(() -> manager.setCacheSpecification("maximumSize=many"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void region_ofAType_keepsOthersOut() {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            ConsolidatedCacheManager manager =
                    new ConsolidatedCacheManager("local").withRegion("userNames", service, "user-names", String.class);
            Cache cache = cache(manager, "userNames");
            cache.put(7L, "Ada");

            assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("local", "userNames");
            assertThat(service.region("user-names", String.class).get("#Long:7"))
                    .isEqualTo("Ada");
            assertThatThrownBy(() -> cache.put(8L, 1)).isInstanceOf(IllegalArgumentException.class);
            for (Object key : List.of(new SimpleKey("a", "b"), List.of("a"), 1.5)) {
                assertThatThrownBy(() -> cache.get(key)).isInstanceOf(ValidationException.class);
            }
            manager.setAllowNullValues(false);
            assertThat(cache(manager, "userNames").get(7L)).isNotNull();
        }
    }

    /** What is cached. */
    static class Names {
        private final AtomicInteger asked = new AtomicInteger();

        /** The name of somebody. */
        @Cacheable("names")
        public String of(long id) {
            return asked.incrementAndGet() + ". " + id;
        }

        /** The same, loaded once for all who ask at a time. */
        @Cacheable(cacheNames = "names", key = "'sync' + #id", sync = true)
        public String once(long id) {
            return asked.incrementAndGet() + ". " + id;
        }
    }

    /** An application. */
    @Configuration
    @EnableCaching
    static class Application {
        @Bean
        ConsolidatedCacheManager cacheManager() {
            return new ConsolidatedCacheManager();
        }

        @Bean
        Names names() {
            return new Names();
        }
    }

    @Test
    void annotations_goThroughIt() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class)) {
            Names names = context.getBean(Names.class);

            assertThat(List.of(names.of(1), names.of(1), names.of(2))).containsExactly("1. 1", "1. 1", "2. 2");
            assertThat(List.of(names.once(1), names.once(1))).containsExactly("3. 1", "3. 1");
        }
    }
}
