package io.cachemigrator.cache.tier.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Not every quick hit is noted for eviction: what is kept must be as useful all the same. */
class EvictionQualityTest {
    private static final int ROOM = 1_000;
    private static final int KEYS = 20_000;
    private static final int LOOKUPS = 400_000;

    @Test
    @Tag("SVC-2")
    @Tag("SVC-3")
    @DisplayName("a skewed use of many more keys than fit hits about as often as in a cache that notes every hit")
    void hits_ofSkewedUse_areNearlyAsManyAsWithEveryHitNoted() {
        RegionConfig region = RegionConfig.builder("r")
                .tiers(TierPolicy.MEMORY)
                .memoryMaxEntries(ROOM)
                .build();
        Cache<String, String> peer =
                Caffeine.newBuilder().maximumSize(ROOM).executor(Runnable::run).build();
        long ours = 0;
        long theirs = 0;
        try (CacheService service =
                CacheService.open(CacheConfig.builder().region(region).build())) {
            Region<String> texts = service.region("r", String.class);
            Random random = new Random(7);
            for (int i = 0; i < LOOKUPS; i++) {
                String id = "k" + skewed(random);
                if (texts.get(id) == null) {
                    texts.put(id, id);
                } else {
                    ours++;
                }
                if (peer.getIfPresent(id) == null) {
                    peer.put(id, id);
                } else {
                    theirs++;
                }
            }
        }
        assertThat(ours).isGreaterThan((long) (0.95 * theirs));
    }

    /** Few keys are asked for often, most rarely: the rank is the number of keys to the power of a random number. */
    private static int skewed(Random random) {
        return (int) Math.pow(KEYS, random.nextDouble());
    }
}
