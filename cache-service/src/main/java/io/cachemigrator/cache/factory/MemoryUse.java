package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.RegionStatistics;
import io.cachemigrator.cache.RegionStatistics.TierStatistics;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;

/** What a cache keeps in memory, and what is behind that. Implementations are thread safe. */
public interface MemoryUse {

    /**
     * Figures of memory.
     *
     * @param entries entries in memory; -1 when not known
     * @param limit how many there may be; 0 = nothing is kept in memory
     * @param bytes bytes in memory; -1 when not known
     * @param evictions entries dropped to stay within the limit
     */
    record Figures(long entries, long limit, long bytes, long evictions) {
        /** Nothing is known of memory. */
        public static final Figures UNKNOWN = new Figures(-1, 0, -1, 0);
    }

    /** What holds the entries: {@code memory}, {@code disk} or {@code redis}. */
    String backend();

    /** The figures now. */
    Figures figures();

    /** That of a service. */
    static MemoryUse of(CacheService service) {
        RegionConfig web = service.config().regionOrDefaults("web");
        TierPolicy tiers = service.config().tiersOf(web);
        return new MemoryUse() {
            @Override
            public String backend() {
                return tiers.usesRedis() ? "redis" : tiers.usesDisk() ? "disk" : "memory";
            }

            @Override
            public Figures figures() {
                long entries = 0;
                long bytes = 0;
                long evictions = 0;
                for (RegionStatistics region : service.statistics().regions().values()) {
                    TierStatistics memory = region.tiers().get("memory");
                    if (memory != null) {
                        evictions += memory.evictions();
                        entries += memory.entries();
                        bytes += memory.bytes();
                    }
                }
                return tiers.usesMemory()
                        ? new Figures(entries, web.memoryMaxEntries(), bytes, evictions)
                        : Figures.UNKNOWN;
            }
        };
    }
}
