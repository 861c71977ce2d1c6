package io.cachemigrator.cache.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-10")
class ConfigChangeTest {
    private static CacheConfigBuilder base(String uri) {
        return CacheConfig.builder()
                .redisUri(uri)
                .region(RegionConfig.builder("a")
                        .defaultTtl(Duration.ofHours(1))
                        .build());
    }

    @Test
    void between_equalConfigurations_isEmpty() {
        assertThat(ConfigChange.between(
                        base("redis://h").build(), base("redis://h").build()))
                .isEmpty();
    }

    @Test
    void between_tellsPathAndBothValuesWithoutSecrets() {
        CacheConfig before = base("redis://u:S3CRET@h:1").build();
        CacheConfig after = base("redis://u:OTHER@h:2")
                .keyPrefix("x:")
                .region(RegionConfig.builder("a")
                        .defaultTtl(Duration.ofHours(2))
                        .loading(LoadConfig.DEFAULTS.withRefreshAhead(0.5))
                        .build())
                .region(RegionConfig.builder("b").tagIndex(true).build())
                .encryption(EncryptionConfig.of(3, Map.of(3, new byte[32])))
                .build();

        assertThat(ConfigChange.between(before, after))
                .contains(
                        new ConfigChange("keyPrefix", "cs:", "x:"),
                        new ConfigChange("redis.uri", "redis://h:1", "redis://h:2"),
                        new ConfigChange("regions.a.defaultTtl", "PT1H", "PT2H"),
                        new ConfigChange("regions.a.loading.refreshAhead", "0.0", "0.5"),
                        new ConfigChange("regions.b.tagIndex", "none", "true"),
                        new ConfigChange("encryption", "none", "EncryptionConfig[current=3, ids=[3]]"))
                .noneMatch(change -> change.toString().contains("S3CRET")
                        || change.toString().contains("OTHER"));
    }
}
