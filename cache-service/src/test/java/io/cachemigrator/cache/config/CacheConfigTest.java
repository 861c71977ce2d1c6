package io.cachemigrator.cache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.error.ConfigurationException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-10")
class CacheConfigTest {
    @Test
    void open_withFaults_namesEveryOne() {
        CacheConfig config = CacheConfig.builder()
                .keyPrefix("")
                .disk(new DiskConfig(Path.of("x"), 0))
                .region(RegionConfig.builder("r").tiers(TierPolicy.REDIS).build())
                .build();

        assertThatThrownBy(() -> CacheService.open(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("CM-601")
                .hasMessageContaining("keyPrefix is ''")
                .hasMessageContaining("disk.maxBytes is '0'; allowed: 1 or more")
                .hasMessageContaining("regions.r.tiers is 'REDIS'");
    }

    @Test
    void faults_ofRedis_nameValueAndRangeWithoutSecrets() {
        RedisConfig redis = new RedisConfig(
                URI.create("http://u:hunter2@host/x"), null, null, 0, Duration.ZERO, Duration.ofDays(2));

        assertThat(CacheConfig.builder().redis(redis).build().faults())
                .hasSize(5)
                .noneMatch(fault -> fault.contains("hunter2"))
                .anyMatch(fault -> fault.equals("redis.poolSize is '0'; allowed: 1 to 1,000"));
        assertThat(CacheConfig.builder().redisUri("redis://h:1/2").build().faults())
                .isEmpty();
    }

    @Test
    @Tag("SVC-2")
    void faults_ofBoundsThatNoTierKeeps_nameThem() {
        RegionConfig.Builder bounded = RegionConfig.builder("r")
                .memoryMaxEntries(500)
                .memoryMaxBytes(1_000)
                .diskMaxEntries(7)
                .diskMaxBytes(2_000);
        CacheConfig onRedis = CacheConfig.builder()
                .redisUri("redis://h")
                .region(bounded.build())
                .build();

        assertThat(onRedis.faults())
                .hasSize(4)
                .allMatch(fault -> fault.contains("maxmemory"))
                .anyMatch(fault -> fault.startsWith("regions.r.memoryMaxEntries is '500'; allowed: none"))
                .anyMatch(fault -> fault.startsWith("regions.r.diskMaxBytes is '2000'"));
        RegionConfig copied = bounded.tiers(TierPolicy.MEMORY_REDIS).build();
        assertThat(CacheConfig.builder()
                        .redisUri("redis://h")
                        .region(copied)
                        .build()
                        .faults())
                .hasSize(2)
                .allMatch(fault -> fault.startsWith("regions.r.disk"));
        RegionConfig onDisk = bounded.tiers(TierPolicy.MEMORY_DISK).build();
        assertThat(CacheConfig.builder()
                        .diskFolder(Path.of("x"))
                        .region(onDisk)
                        .build()
                        .faults())
                .isEmpty();
    }

    @Test
    @Tag("SVC-2")
    void faults_ofBoundsThatDefaultsSayForOtherRegions_areNone() {
        RegionConfig defaults = RegionConfig.builder("default")
                .memoryMaxEntries(50)
                .diskMaxEntries(7)
                .build();
        assertThat(CacheConfig.builder()
                        .redisUri("redis://h")
                        .defaults(defaults)
                        .region(defaults.toBuilder("derived").build())
                        .region(RegionConfig.builder("own").build())
                        .build()
                        .faults())
                .isEmpty();
    }

    @Test
    void region_withBadName_isRefused() {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            for (String name : new String[] {"", "Upper", "a:b", "1a", "a*", "x".repeat(65)}) {
                assertThatThrownBy(() -> service.region(name, String.class))
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageStartingWith("CM-601");
            }
        }
    }

    @Test
    void tiersOf_withoutPolicy_takesTheBestThereIs() {
        RegionConfig region = RegionConfig.builder("r").build();
        assertThat(CacheConfig.builder().build().tiersOf(region)).isEqualTo(TierPolicy.MEMORY);
        assertThat(CacheConfig.builder().diskFolder(Path.of("x")).build().tiersOf(region))
                .isEqualTo(TierPolicy.MEMORY_DISK);
        assertThat(CacheConfig.builder().redisUri("redis://h").build().tiersOf(region))
                .isEqualTo(TierPolicy.REDIS);
    }
}
