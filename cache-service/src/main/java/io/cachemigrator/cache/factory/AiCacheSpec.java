package io.cachemigrator.cache.factory;

import io.cachemigrator.cache.config.AiConfig;
import java.time.Duration;
import java.util.Map;

/** A cache for answers of language models: an hour, 100 entries in memory, compressed from 1,000 bytes on. Not thread safe. */
public final class AiCacheSpec extends CacheSpec<AiCacheSpec> {
    private AiConfig ai = AiConfig.DEFAULTS;

    AiCacheSpec() {
        super("ai_app", "redis://redis:6379", Duration.ofHours(1), 100, 1_000, 6);
    }

    @Override
    AiCacheSpec self() {
        return this;
    }

    /**
     * Makes keys as older caches did, so that their entries are found: short texts stand in them, and different requests may
     * share one. Without it keys are digests, which show no text and never clash.
     *
     * @param codePoints 1 to 100,000: longer texts are hashed
     */
    public AiCacheSpec textHashThreshold(int codePoints) {
        this.ai = ai.withTextHashThreshold(codePoints);
        return this;
    }

    /** Whether the keys of older caches have the question among the options too; true unless said. Of digests it is no matter. */
    public AiCacheSpec questionInOptions(boolean inOptions) {
        this.ai = ai.withQuestionInOptions(inOptions);
        return this;
    }

    /**
     * How long answers of operations are kept, instead of the usual times: 1 second to 365 days each. Operations that are not
     * named here take the default time.
     */
    public AiCacheSpec operationTtls(Map<String, Duration> ttls) {
        this.ai = ai.withOperationTtls(ttls);
        return this;
    }

    @Override
    AiConfig ai() {
        return ai;
    }
}
