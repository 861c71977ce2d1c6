package io.cachemigrator.compat.services;

import io.cachemigrator.cache.domain.conversation.ConversationStatistics;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import org.jspecify.annotations.Nullable;

/** What the legacy classes are made of: a keyed cache over the stores that the stage asks for. */
@SuppressWarnings("DoNotCallSuggester") // replaced with the stores
final class LegacyRuntime {
    private final LegacyCacheSettings settings;

    private LegacyRuntime(LegacyCacheSettings settings) {
        this.settings = settings;
    }

    static LegacyCacheSettings.Builder settings(@Nullable String url) {
        return LegacyCacheSettings.builder(System.getenv()).url(url);
    }

    static LegacyRuntime open(LegacyCacheSettings settings) {
        return new LegacyRuntime(settings);
    }

    LegacyRuntime requireOpen() {
        return this;
    }

    KeyedCache cache() {
        throw new UnsupportedOperationException(settings.namespace());
    }

    RedisStats stats() {
        throw new UnsupportedOperationException(settings.namespace());
    }

    HealthReport health() {
        throw new UnsupportedOperationException(settings.namespace());
    }

    NgxCacheStats ngxStats(ConversationStatistics statistics) {
        return new NgxCacheStats(stats(), statistics.counts(), statistics.cacheKeys());
    }

    void close() {
        throw new UnsupportedOperationException(settings.namespace());
    }
}
