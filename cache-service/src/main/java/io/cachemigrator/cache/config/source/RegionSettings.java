package io.cachemigrator.cache.config.source;

import io.cachemigrator.cache.config.CompressionConfig;
import io.cachemigrator.cache.config.LoadConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings of a region by name, and how their text is applied. */
final class RegionSettings {
    private static final Map<String, Setter> SETTERS = new LinkedHashMap<>();

    static {
        SETTERS.put("tiers", (target, text) -> target.region.tiers(tiers(text)));
        SETTERS.put("defaultTtl", RegionSettings::defaultTtl);
        SETTERS.put("sliding", (target, text) -> target.region.sliding(ConfigText.flag(text)));
        SETTERS.put("jitter", (target, text) -> target.region.jitter(ConfigText.share(text)));
        SETTERS.put("staleAllowance", (target, text) -> target.region.staleAllowance(ConfigText.duration(text)));
        SETTERS.put("memoryMaxEntries", (target, text) -> target.region.memoryMaxEntries(ConfigText.size(text)));
        SETTERS.put("memoryMaxBytes", (target, text) -> target.region.memoryMaxBytes(ConfigText.size(text)));
        SETTERS.put("diskMaxEntries", (target, text) -> target.region.diskMaxEntries(ConfigText.size(text)));
        SETTERS.put("diskMaxBytes", (target, text) -> target.region.diskMaxBytes(ConfigText.size(text)));
        SETTERS.put("maxValueBytes", (target, text) -> target.region.maxValueBytes(ConfigText.intSize(text)));
        SETTERS.put("tagIndex", (target, text) -> target.region.tagIndex(ConfigText.flag(text)));
        SETTERS.put("tags", (target, text) -> target.region.tags(ConfigText.list(text)));
        SETTERS.put("encrypted", (target, text) -> target.region.encrypted(ConfigText.flag(text)));
        SETTERS.put("acceptPlain", (target, text) -> target.region.acceptPlain(ConfigText.flag(text)));
        SETTERS.put("shareValues", (target, text) -> target.region.shareValues(ConfigText.flag(text)));
        SETTERS.put("compression", (target, text) -> target.compressed = ConfigText.flag(text));
        SETTERS.put("compression.threshold", (target, text) -> target.threshold = ConfigText.intSize(text));
        SETTERS.put("compression.level", (target, text) -> target.level = ConfigText.integer(text));
        SETTERS.put(
                "loading.softTimeout",
                (target, text) ->
                        target.loading = target.loading.withTimeouts(timeout(text), target.loading.hardTimeout()));
        SETTERS.put(
                "loading.hardTimeout",
                (target, text) ->
                        target.loading = target.loading.withTimeouts(target.loading.softTimeout(), timeout(text)));
        SETTERS.put(
                "loading.refreshAhead",
                (target, text) -> target.loading = target.loading.withRefreshAhead(ConfigText.share(text)));
        SETTERS.put(
                "loading.failurePause",
                (target, text) -> target.loading = target.loading.withFailurePause(ConfigText.duration(text)));
        SETTERS.put(
                "loading.acrossProcesses",
                (target, text) -> target.loading = target.loading.withAcrossProcesses(ConfigText.flag(text)));
    }

    private final RegionConfig.Builder region;
    private LoadConfig loading;
    private @Nullable Boolean compressed;
    private @Nullable Integer threshold;
    private @Nullable Integer level;

    private final @Nullable CompressionConfig inherited;

    private interface Setter {
        void set(RegionSettings target, String text) throws ConfigText.Refused;
    }

    /** A region that starts from another's settings. */
    RegionSettings(RegionConfig from, String name) {
        this.region = from.toBuilder(name);
        this.loading = from.loading();
        this.inherited = from.compression();
    }

    /** The names of all settings. */
    static Set<String> names() {
        return SETTERS.keySet();
    }

    /** The setting's name as it is written here, whatever the case, dashes and underscores of {@code written}. */
    static Optional<String> canonical(String written) {
        String bare = Names.bare(written);
        return SETTERS.keySet().stream()
                .filter(name -> Names.bare(name).equals(bare))
                .findFirst();
    }

    void set(String canonical, String text) throws ConfigText.Refused {
        Setter setter = SETTERS.get(canonical);
        if (setter == null) {
            throw new IllegalArgumentException("no setting " + canonical);
        }
        setter.set(this, text);
    }

    RegionConfig build() {
        boolean wanted = compressed != null ? compressed : threshold != null || level != null || inherited != null;
        if (wanted) {
            CompressionConfig base = inherited == null ? CompressionConfig.DEFAULTS : inherited;
            region.compression(new CompressionConfig(
                    threshold == null ? base.thresholdBytes() : threshold, level == null ? base.level() : level));
        } else {
            region.noCompression();
        }
        return region.loading(loading).build();
    }

    private static void defaultTtl(RegionSettings target, String text) throws ConfigText.Refused {
        if (ConfigText.isNone(text)) {
            target.region.noDefaultTtl();
        } else {
            target.region.defaultTtl(ConfigText.duration(text));
        }
    }

    private static @Nullable Duration timeout(String text) throws ConfigText.Refused {
        return ConfigText.isNone(text) ? null : ConfigText.duration(text);
    }

    private static TierPolicy tiers(String text) throws ConfigText.Refused {
        String wanted = text.trim().toUpperCase(Locale.ROOT).replaceAll("[ ,+-]+", "_");
        for (TierPolicy policy : TierPolicy.values()) {
            if (policy.name().equals(wanted)) {
                return policy;
            }
        }
        throw new ConfigText.Refused(Arrays.stream(TierPolicy.values())
                .map(policy -> policy.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
    }
}
