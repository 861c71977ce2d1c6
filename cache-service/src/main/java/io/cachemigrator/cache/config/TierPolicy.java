package io.cachemigrator.cache.config;

/**
 * Which tiers hold a region's entries. The last one named is authoritative: it is written first, and its answer counts. A
 * copy in memory in front of it answers alone for two seconds after it was taken, so that another process's change is seen
 * within that time, and for as long as it is live while the authoritative tier does not answer.
 */
public enum TierPolicy {
    /** This process only; gone when it ends. */
    MEMORY(true, false, false),
    /** A disk tier alone, shared by the processes of one machine. */
    DISK(false, true, false),
    /** Memory in front of disk. */
    MEMORY_DISK(true, true, false),
    /** Redis alone. */
    REDIS(false, false, true),
    /** Memory in front of Redis. */
    MEMORY_REDIS(true, false, true);

    private final boolean memory;
    private final boolean disk;
    private final boolean redis;

    TierPolicy(boolean memory, boolean disk, boolean redis) {
        this.memory = memory;
        this.disk = disk;
        this.redis = redis;
    }

    /** Whether the memory tier takes part. */
    public boolean usesMemory() {
        return memory;
    }

    /** Whether the disk tier takes part. */
    public boolean usesDisk() {
        return disk;
    }

    /** Whether the Redis tier takes part. */
    public boolean usesRedis() {
        return redis;
    }
}
