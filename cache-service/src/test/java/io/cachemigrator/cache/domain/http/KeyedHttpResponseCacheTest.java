package io.cachemigrator.cache.domain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Beside the other entries of a keyed cache it behaves the same. */
class KeyedHttpResponseCacheTest extends HttpResponseCacheTest {
    @Override
    HttpResponseCache over(CacheService opened, HttpPolicy policy) {
        return new HttpResponseCache(new KeyedCache(opened), policy);
    }

    @Test
    void put_underAPlainId_isFoundWhateverTheHeaders() {
        try (CacheService own = CacheService.open(CacheConfig.builder().build())) {
            HttpResponseCache plain = over(own, HttpPolicy.DEFAULTS);
            HttpKey spanish = new HttpKey("greeting", Map.of("Accept-Language", "es"));
            assertThat(plain.put("a", 1)).isTrue();
            assertThat(plain.put(spanish, "hola", HttpOptions.DEFAULTS.withVary("Accept-Language")))
                    .isTrue();
            assertThat(plain.get("a", Integer.class).value()).isEqualTo(1);
            assertThat(plain.get("greeting", String.class).value()).isEqualTo("hola");
            assertThat(plain.get(HttpKey.of("greeting"), String.class).isHit()).isFalse();
            assertThat(plain.invalidate("a")).isTrue();
            assertThat(plain.put("bad", new Object())).as("no JSON").isFalse();
            assertThatThrownBy(() -> plain.put(HttpKey.of("bad"), new Object(), HttpOptions.DEFAULTS))
                    .isInstanceOf(io.cachemigrator.cache.error.ValidationException.class);
        }
    }
}
