package io.cachemigrator.compat.deprecation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Legacy calls of this process as Micrometer meters; needs Micrometer, which the application brings. */
public final class LegacyUsageMeters {
    private LegacyUsageMeters() {}

    /**
     * Registers {@code cache.legacy.calls}, all calls so far, and {@code cache.legacy.call.sites}, the call sites that were seen.
     * Registering again changes nothing.
     */
    public static void bind(MeterRegistry registry) {
        bind(registry, LegacyUsage.shared());
    }

    static void bind(MeterRegistry registry, LegacyUsage usage) {
        FunctionCounter.builder("cache.legacy.calls", usage, LegacyUsage::calls)
                .description("calls of legacy cache APIs")
                .register(registry);
        Gauge.builder("cache.legacy.call.sites", usage, each -> each.snapshot().size())
                .description("call sites that have called a legacy cache API")
                .register(registry);
    }
}
