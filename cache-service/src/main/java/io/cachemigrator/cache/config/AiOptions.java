package io.cachemigrator.cache.config;

import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Options of caching a language model's answers, by name. */
final class AiOptions {
    static final List<String> NAMES = List.of(
            "text_hash_threshold",
            "hash_algorithm",
            "text_size_tiers",
            "operation_ttls",
            "max_text_length",
            "question_in_options");

    private AiOptions() {}

    /** What they say over {@code base}. */
    static AiConfig read(Map<String, ?> options, AiConfig base) {
        List<String> unknown = options.keySet().stream()
                .filter(name -> !NAMES.contains(name))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            String said = unknown.stream()
                    .map(name -> SettingNames.unknown(name, NAMES))
                    .reduce((left, right) -> left + "; " + right)
                    .orElse("");
            throw new ValidationException(
                    CacheErrorCode.BAD_ARGUMENT,
                    said + ". Correct the names.",
                    Map.of("unknown_options", unknown, "valid_options", NAMES));
        }
        List<String> faults = new ArrayList<>();
        AiConfig config = apply(options, base, faults);
        if (!faults.isEmpty()) {
            throw new ValidationException(
                    CacheErrorCode.BAD_ARGUMENT,
                    String.join("; ", faults) + ". Correct the values.",
                    Map.of("errors", faults));
        }
        return config;
    }

    /** The options that make a configuration of the defaults. */
    static Map<String, Object> toMap(AiConfig config) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (config.textHashThreshold() != null) {
            options.put("text_hash_threshold", config.textHashThreshold());
        }
        options.put("hash_algorithm", config.hashAlgorithm());
        options.put("text_size_tiers", config.textTiers().asMap());
        Map<String, Long> times = new TreeMap<>();
        config.operationTtls().forEach((operation, ttl) -> times.put(operation, ttl.toSeconds()));
        options.put("operation_ttls", times);
        options.put("max_text_length", config.maxTextLength());
        options.put("question_in_options", config.questionInOptions());
        return options;
    }

    private static AiConfig apply(Map<String, ?> options, AiConfig base, List<String> faults) {
        SettingValues values = new SettingValues(options, faults);
        AiConfig config = base;
        Long threshold = values.whole("text_hash_threshold");
        config = threshold == null ? config : config.withTextHashThreshold(values.asInt(threshold));
        String algorithm = values.text("hash_algorithm");
        config = algorithm == null ? config : config.withHashAlgorithm(algorithm);
        Long longest = values.whole("max_text_length");
        config = longest == null ? config : config.withMaxTextLength(values.asInt(longest));
        Boolean inOptions = values.flag("question_in_options");
        config = inOptions == null ? config : config.withQuestionInOptions(inOptions);
        Map<String, Long> tiers = values.numbers("text_size_tiers");
        if (tiers != null) {
            if (tiers.keySet().equals(Set.of("small", "medium", "large"))) {
                config = config.withTextTiers(new TextTiers(
                        values.asInt(tiers.getOrDefault("small", 0L)),
                        values.asInt(tiers.getOrDefault("medium", 0L)),
                        values.asInt(tiers.getOrDefault("large", 0L))));
            } else {
                faults.add("text_size_tiers names " + tiers.keySet() + "; allowed: small, medium and large, all three");
            }
        }
        Map<String, Long> ttls = values.numbers("operation_ttls");
        if (ttls != null) {
            Map<String, Duration> times = new TreeMap<>(config.operationTtls());
            ttls.forEach((operation, seconds) -> times.put(operation, Duration.ofSeconds(seconds)));
            config = config.withOperationTtls(times);
        }
        return config;
    }
}
