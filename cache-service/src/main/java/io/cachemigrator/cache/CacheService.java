package io.cachemigrator.cache;

import io.cachemigrator.cache.codec.Codec;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.ConfigChange;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The one cache of an application: named regions over a memory, a disk and a Redis tier.
 *
 * <p>Open one instance in a process and share it. All methods are safe for use by several threads. Reads and writes never
 * throw because a store is unreachable, unless {@link CacheConfig#failOnConnectionError()} asks for it: they return
 * {@link Lookup.Unavailable} or {@link WriteOutcome#UNAVAILABLE}, which is not the same as a miss.
 *
 * <pre>{@code
 * try (CacheService cache = CacheService.open(CacheConfig.builder().redisUri("redis://localhost:6379").build())) {
 *     Region<Profile> profiles = cache.region("profiles", Profile.class);
 *     profiles.put("42", profile, WriteOptions.ttl(Duration.ofMinutes(5)).withTags("team:7"));
 *     Optional<Profile> found = profiles.find("42");
 * }
 * }</pre>
 */
public interface CacheService extends AutoCloseable {

    /**
     * Opens a service. Tiers that need a connection connect on first use; an unreachable store does not fail the start,
     * {@link #health()} tells of it.
     *
     * @throws io.cachemigrator.cache.error.ConfigurationException if the configuration cannot be used, naming every fault
     */
    static CacheService open(CacheConfig config) {
        return DefaultCacheService.open(config);
    }

    /** The configuration this service runs with. */
    CacheConfig config();

    /**
     * A view of a region whose values are JSON of {@code type}; {@code String} and {@code byte[]} get their own codecs.
     * Views of one region share its entries: asking twice, also with another type, opens no second region.
     *
     * @param name {@code [a-z][a-z0-9-]*}, at most 64 characters; a name without configuration takes the defaults
     * @throws io.cachemigrator.cache.error.ConfigurationException if the name is not valid
     */
    <V> Region<V> region(String name, Class<V> type);

    /** As {@link #region(String, Class)}, with the codec given. */
    <V> Region<V> region(String name, Codec<V> codec);

    /** Names of the regions that are configured or were opened in this process. */
    Set<String> regionNames();

    /**
     * Names of the regions that the stores hold entries of, whoever wrote them. Reads the whole key space of Redis, in steps.
     *
     * @throws io.cachemigrator.cache.error.InfrastructureException if a store cannot be reached
     */
    Set<String> storedRegions();

    /**
     * Invalidates every entry of every region that carries one of the tags, in time that does not grow with the number of
     * entries.
     */
    InvalidationOutcome invalidateTags(Collection<String> tags);

    /**
     * Runs with another configuration from now on, without interrupting callers: a region's settings hold for the next
     * operation, and views that are held keep working. A store that is reached otherwise is connected to anew; the former
     * connection is released half a minute later, and what an outage held for the same servers goes over to the new one. A region whose tiers change starts with what its new tiers hold; one that is
     * in memory only and is bounded otherwise keeps its entries, but for what is written in that very moment. The source of
     * time stays as it was.
     *
     * @return what differs from before, and what {@linkplain ConfigChange#effect becomes of it}; empty when nothing does
     * @throws io.cachemigrator.cache.error.ConfigurationException if it cannot be used, naming every fault; nothing changes then
     */
    List<ConfigChange> reconfigure(CacheConfig config);

    /** Health of every tier, with reasons; asks the stores, and never throws because one is down. */
    CacheHealth health();

    /** Counters since the service was opened, for each region and tier. */
    CacheStatistics statistics();

    /** Writes what is pending, releases connections, files and threads. Further calls are no-ops. */
    @Override
    void close();
}
