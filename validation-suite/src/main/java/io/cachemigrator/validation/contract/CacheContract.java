package io.cachemigrator.validation.contract;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.RegionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every consolidated service keeps to, whatever its tiers: JUnit 5 tests to run on a configuration of your own.
 * Extend it and say how the cache under test is opened; each test gets a fixture of its own.
 *
 * <pre>{@code
 * class OurCacheContractTest extends CacheContract {
 *     @TempDir
 *     Path folder;
 *
 *     @Override
 *     protected CacheFixture openFixture() {
 *         MovableClock clock = new MovableClock(Instant.parse("2026-01-02T03:04:05Z"));
 *         return new CacheFixture() {
 *             @Override
 *             public CacheConfigBuilder configuration() {
 *                 return CacheConfig.builder()
 *                         .diskFolder(folder)
 *                         .defaults(RegionConfig.builder("default").tiers(TierPolicy.MEMORY_DISK).build())
 *                         .clock(clock);
 *             }
 *
 *             @Override
 *             public void pass(Duration span) {
 *                 clock.advance(span);
 *             }
 *
 *             @Override
 *             public String authority() {
 *                 return "disk";
 *             }
 *         };
 *     }
 * }
 * }</pre>
 *
 * <p>The default region must keep entries for an hour or less, unless told otherwise, and take values of 4,096 bytes; the
 * contract configures regions {@code indexed}, {@code sliding}, {@code stale} and {@code small} itself. The tests are
 * inherited; do not override them.
 */
public abstract class CacheContract
        implements ReadWriteContract,
                ExpiryContract,
                CounterContract,
                InvalidationContract,
                LoadingContract,
                ReportContract,
                StateContract {
    private @Nullable Opened opened;

    /** What is open during one test. */
    private record Opened(
            CacheFixture fixture,
            List<CacheService> services,
            CacheService cache,
            Region<Profile> profiles,
            Region<Long> numbers,
            Region<String> texts) {}

    /** Creates the contract; JUnit does. */
    protected CacheContract() {}

    /** A new fixture with empty stores, for one test, which closes it. */
    protected abstract CacheFixture openFixture() throws Exception;

    @BeforeEach
    final void openService() throws Exception {
        CacheFixture fixture = openFixture();
        List<CacheService> services = new ArrayList<>();
        CacheService cache = open(fixture);
        services.add(cache);
        opened = new Opened(
                fixture,
                services,
                cache,
                cache.region("profiles", Profile.class),
                cache.region("numbers", Long.class),
                cache.region("texts", String.class));
    }

    @AfterEach
    final void closeService() {
        Opened parts = opened;
        if (parts != null) {
            try {
                parts.services().forEach(CacheService::close);
            } finally {
                parts.fixture().close();
            }
        }
    }

    private static CacheService open(CacheFixture fixture) {
        return fixture.open(withRegions(fixture.configuration()).build());
    }

    private static CacheConfigBuilder withRegions(CacheConfigBuilder builder) {
        RegionConfig defaults = builder.build().defaults();
        return builder.region(defaults.toBuilder(INDEXED).tagIndex(true).build())
                .region(defaults.toBuilder(SLIDING)
                        .sliding(true)
                        .defaultTtl(Duration.ofSeconds(100))
                        .build())
                .region(defaults.toBuilder(STALE)
                        .staleAllowance(Duration.ofHours(1))
                        .build())
                .region(defaults.toBuilder(SMALL).maxValueBytes(1_000).build());
    }

    private Opened opened() {
        Opened parts = opened;
        if (parts == null) {
            throw new IllegalStateException("The cache under test is not open yet. Use it in tests only.");
        }
        return parts;
    }

    @Override
    public final CacheFixture fixture() {
        return opened().fixture();
    }

    @Override
    public final CacheService cache() {
        return opened().cache();
    }

    @Override
    public final CacheService another() {
        if (!fixture().isShared()) {
            return cache();
        }
        CacheService another = open(fixture());
        opened().services().add(another);
        return another;
    }

    @Override
    public final Region<Profile> profiles() {
        return opened().profiles();
    }

    @Override
    public final Region<Long> numbers() {
        return opened().numbers();
    }

    @Override
    public final Region<String> texts() {
        return opened().texts();
    }
}
