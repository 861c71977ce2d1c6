package io.cachemigrator.compat.deprecation;

/** Records calls of legacy APIs by call site and warns once for each. Thread safe. */
public final class LegacyUsage {
    private static final LegacyUsage SHARED = new LegacyUsage();

    LegacyUsage() {}

    /** The one of this process. */
    public static LegacyUsage shared() {
        return SHARED;
    }

    /**
     * Records the call that is being made.
     *
     * @param api what was called, as {@code RedisCacheService.get}
     * @param replacement what to call instead
     */
    public void record(String api, String replacement) {}
}
