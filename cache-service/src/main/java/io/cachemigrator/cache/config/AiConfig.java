package io.cachemigrator.cache.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a cache of a language model's answers needs beside what every cache has. Immutable.
 *
 * @param textHashThreshold 1 to 100,000 code points: longer texts stand hashed in structured ids; null = ids are digests, which
 *     show no text and never clash
 * @param questionInOptions whether the writers of structured ids took the question for one of the options too
 * @param hashAlgorithm {@code SHA-256} or {@code MD5}: what hashes texts in structured ids
 * @param textTiers sizes of texts
 * @param operationTtls times to live by operation
 * @param maxTextLength longer texts are not cached, in code points
 */
public record AiConfig(
        @Nullable Integer textHashThreshold,
        boolean questionInOptions,
        String hashAlgorithm,
        TextTiers textTiers,
        Map<String, Duration> operationTtls,
        int maxTextLength) {

    /** Times to live of the usual operations on texts. */
    public static final Map<String, Duration> OPERATION_TTLS = Map.of(
            "summarize", Duration.ofHours(2),
            "sentiment", Duration.ofDays(1),
            "key_points", Duration.ofHours(2),
            "questions", Duration.ofHours(1),
            "qa", Duration.ofMinutes(30));

    /** Digests as ids, the usual sizes and times, texts of any length. */
    public static final AiConfig DEFAULTS =
            new AiConfig(null, true, "SHA-256", TextTiers.DEFAULTS, OPERATION_TTLS, Integer.MAX_VALUE);

    private static final Set<String> KNOWN = Set.of("summarize", "sentiment", "key_points", "questions", "qa");
    private static final Duration WEEK = Duration.ofDays(7);

    /** Copies. */
    public AiConfig {
        operationTtls = Map.copyOf(operationTtls);
    }

    /** A copy with structured ids, or with digests where it is null. */
    public AiConfig withTextHashThreshold(@Nullable Integer threshold) {
        return new AiConfig(threshold, questionInOptions, hashAlgorithm, textTiers, operationTtls, maxTextLength);
    }

    /** A copy that takes the question for one of the options, or not. */
    public AiConfig withQuestionInOptions(boolean inOptions) {
        return new AiConfig(textHashThreshold, inOptions, hashAlgorithm, textTiers, operationTtls, maxTextLength);
    }

    /** A copy with another algorithm. */
    public AiConfig withHashAlgorithm(String algorithm) {
        String name = algorithm.strip().toUpperCase(Locale.ROOT);
        String canonical = name.equals("SHA256") ? "SHA-256" : name;
        return new AiConfig(textHashThreshold, questionInOptions, canonical, textTiers, operationTtls, maxTextLength);
    }

    /** A copy with other sizes of texts. */
    public AiConfig withTextTiers(TextTiers tiers) {
        return new AiConfig(textHashThreshold, questionInOptions, hashAlgorithm, tiers, operationTtls, maxTextLength);
    }

    /** A copy with other times to live, instead of those it has. */
    public AiConfig withOperationTtls(Map<String, Duration> ttls) {
        return new AiConfig(textHashThreshold, questionInOptions, hashAlgorithm, textTiers, ttls, maxTextLength);
    }

    /** A copy that caches texts up to another length. */
    public AiConfig withMaxTextLength(int length) {
        return new AiConfig(textHashThreshold, questionInOptions, hashAlgorithm, textTiers, operationTtls, length);
    }

    /** Every fault, a line each; empty when there is none. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (textHashThreshold != null) {
            add(faults, SettingRange.TEXT_HASH_THRESHOLD.fault(textHashThreshold));
        }
        if (!hashAlgorithm.equals("SHA-256") && !hashAlgorithm.equals("MD5")) {
            faults.add("hash_algorithm is '" + hashAlgorithm + "'; allowed: SHA-256, MD5");
        }
        if (!textTiers.rise()) {
            faults.add("text_size_tiers are " + textTiers.asMap()
                    + "; allowed: positive numbers that rise from small over medium to large");
        }
        new TreeMap<>(operationTtls)
                .forEach((operation, ttl) ->
                        add(faults, SettingRange.OPERATION_TTL.fault("operation_ttls." + operation, ttl.toSeconds())));
        if (maxTextLength < 1) {
            faults.add("max_text_length is " + maxTextLength + "; allowed: 1 or more");
        }
        return faults;
    }

    /** What is allowed and looks like a mistake, a line each. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        new TreeMap<>(operationTtls).forEach((operation, ttl) -> {
            if (!KNOWN.contains(operation)) {
                warnings.add("operation_ttls." + operation + " names an operation that is none of the usual ones: "
                        + String.join(", ", new TreeMap<>(OPERATION_TTLS).keySet()));
            }
            if (ttl.compareTo(WEEK) > 0) {
                warnings.add("operation_ttls." + operation + " is longer than a week");
            }
        });
        return warnings;
    }

    private static void add(List<String> faults, @Nullable String fault) {
        if (fault != null) {
            faults.add(fault);
        }
    }
}
