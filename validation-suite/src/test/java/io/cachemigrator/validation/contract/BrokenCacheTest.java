package io.cachemigrator.validation.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Shows that the contract fails for a cache that breaks it, in the tests that it should. */
@Tag("VAL-1")
class BrokenCacheTest {
    /** The same cache in a wrapper that changes nothing: what fails below fails for its fault, not for being wrapped. */
    static final class Wrapped extends Rewriting {
        @Override
        WriteOptions rewrite(WriteOptions options) {
            return options;
        }
    }

    static final class IgnoresConditions extends Rewriting {
        @Override
        WriteOptions rewrite(WriteOptions options) {
            return options.withCondition(WriteOptions.Condition.ALWAYS);
        }
    }

    static final class LosesTimesToLive extends Rewriting {
        @Override
        WriteOptions rewrite(WriteOptions options) {
            return options.withTtl(WriteOptions.NO_EXPIRY);
        }
    }

    @Test
    void contract_ofFaithfulWrapper_passes() {
        Events tests = run(Wrapped.class);

        assertThat(failed(tests)).isEmpty();
        assertThat(tests.succeeded().count()).isGreaterThan(45);
    }

    @Test
    void contract_ofCacheThatIgnoresConditions_fails() {
        assertThat(failed(run(IgnoresConditions.class)))
                .contains(
                        "put_withCondition_dependsOnLiveEntry",
                        "put_ifAbsentFromManyThreads_storesOne",
                        "putAll_withCondition_isAllOrNone",
                        "put_ifAbsentOverExpiredOrInvalidated_stores")
                .doesNotContain("lookup_afterTimeToLive_isAbsent", "increment_fromManyThreads_isExact");
    }

    @Test
    void contract_ofCacheThatLosesTimesToLive_fails() {
        assertThat(failed(run(LosesTimesToLive.class)))
                .contains(
                        "lookup_afterTimeToLive_isAbsent",
                        "lookup_ofStoredValue_isPresentWithDeadline",
                        "lookup_withinStaleAllowance_isStale",
                        "describe_givesEverythingKept")
                .doesNotContain("put_withCondition_dependsOnLiveEntry", "increment_fromManyThreads_isExact");
    }

    private static Events run(Class<? extends CacheContract> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents();
    }

    private static Set<String> failed(Events tests) {
        return tests.failed().stream()
                .map(event -> event.getTestDescriptor().getLegacyReportingName().replaceAll("\\(.*", ""))
                .collect(Collectors.toSet());
    }

    /** A cache in memory whose write options are rewritten on their way to it. */
    abstract static class Rewriting extends CacheContract {
        abstract WriteOptions rewrite(WriteOptions options);

        @Override
        protected CacheFixture openFixture() {
            CacheFixture memory = TierFixture.memory();
            return new CacheFixture() {
                @Override
                public CacheConfigBuilder configuration() {
                    return memory.configuration();
                }

                @Override
                public CacheService open(CacheConfig config) {
                    return wrap(CacheService.class, memory.open(config), Rewriting.this::rewrite);
                }

                @Override
                public void pass(Duration span) {
                    memory.pass(span);
                }

                @Override
                public String authority() {
                    return memory.authority();
                }

                @Override
                public boolean isShared() {
                    return memory.isShared();
                }
            };
        }

        /** Wraps a service, and the regions that it gives. */
        private static <T> T wrap(Class<T> type, T wrapped, UnaryOperator<WriteOptions> rewrite) {
            InvocationHandler handler = (proxy, method, arguments) -> {
                if (method.isDefault() && method.getName().equals("put")) {
                    return InvocationHandler.invokeDefault(proxy, method, arguments);
                }
                for (int i = 0; arguments != null && i < arguments.length; i++) {
                    arguments[i] = arguments[i] instanceof WriteOptions options ? rewrite.apply(options) : arguments[i];
                }
                try {
                    Object result = method.invoke(wrapped, arguments);
                    return result instanceof Region<?> region ? wrap(Region.class, region, rewrite) : result;
                } catch (InvocationTargetException failure) {
                    throw failure.getCause();
                }
            };
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }
}
