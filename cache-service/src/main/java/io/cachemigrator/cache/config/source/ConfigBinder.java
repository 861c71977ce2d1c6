package io.cachemigrator.cache.config.source;

import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.CachePreset;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a configuration of settings by path, and collects everything that is wrong with them. */
final class ConfigBinder {
    private final Map<String, ConfigValue> given = new TreeMap<>();
    private final Map<String, ConfigValue> service;
    private final Map<String, ConfigValue> defaults = new TreeMap<>();
    private final Map<String, Map<String, ConfigValue>> regions = new TreeMap<>();
    private final ConfigProblems problems;

    ConfigBinder(Map<String, ConfigValue> settings, ConfigProblems problems) {
        this.problems = problems;
        settings.forEach(this::sort);
        this.service = SecretFiles.read(given, problems);
    }

    private void sort(String path, ConfigValue value) {
        String[] parts = path.split("\\.", 3);
        if (parts[0].equals("defaults") && parts.length > 1) {
            sortRegion(path, path.substring("defaults.".length()), value, defaults);
        } else if (parts[0].equals("regions") && parts.length == 3) {
            sortRegion(path, parts[2], value, regions.computeIfAbsent(parts[1], name -> new TreeMap<>()));
        } else if (path.startsWith(ServiceSettings.ENCRYPTION_KEYS)
                || path.startsWith(ServiceSettings.ENCRYPTION_KEY_FILES)) {
            given.put(path, value);
        } else {
            Optional<String> known = ServiceSettings.PATHS.stream()
                    .filter(each -> Names.bare(each).equals(Names.bare(path)))
                    .findFirst();
            known.ifPresentOrElse(
                    name -> given.put(name, value), () -> unknown(path, path, value, ServiceSettings.PATHS));
        }
    }

    private void sortRegion(String path, String setting, ConfigValue value, Map<String, ConfigValue> into) {
        RegionSettings.canonical(setting)
                .ifPresentOrElse(
                        name -> into.put(name, value),
                        () -> unknown(path, setting, value, List.copyOf(RegionSettings.names())));
    }

    private void unknown(String path, String name, ConfigValue value, List<String> known) {
        problems.add(path + " (" + value.origin() + ") is not a setting; "
                + Names.nearest(name, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("known: " + String.join(", ", known)));
    }

    CacheConfig bind() {
        CacheConfigBuilder builder = preset().map(CachePreset::builder).orElseGet(CacheConfig::builder);
        text("keyPrefix", value -> builder.keyPrefix(value));
        text("failOnConnectionError", value -> builder.failOnConnectionError(ConfigText.flag(value)));
        new StoreSettings(new ServiceValues(service, problems)).bind(builder);
        RegionConfig base = region(builder.build().defaults(), "default", "defaults.", defaults);
        builder.defaults(base);
        regions.forEach((name, settings) -> {
            RegionConfig region = region(base, name, "regions." + name + ".", settings);
            if (region.name().equals(name)) {
                builder.region(region);
            }
        });
        CacheConfig config = builder.build();
        config.faults().forEach(fault -> problems.add(placed(fault)));
        return config;
    }

    /** A fault of the whole, with the place that its setting was given at. */
    private String placed(String fault) {
        int end = fault.indexOf(" is ");
        @Nullable ConfigValue value = end < 0 ? null : service.get(fault.substring(0, end));
        return value == null
                ? fault
                : fault.replaceFirst("; allowed: ", " (" + Matcher.quoteReplacement(value.origin()) + "); allowed: ");
    }

    private interface Apply {
        void to(String text) throws ConfigText.Refused;
    }

    private void text(String path, Apply apply) {
        @Nullable ConfigValue value = service.get(path);
        if (value != null) {
            try {
                apply.to(value.text());
            } catch (ConfigText.Refused refused) {
                problems.refused(path, value, String.valueOf(refused.getMessage()));
            }
        }
    }

    private Optional<CachePreset> preset() {
        @Nullable ConfigValue value = service.get("preset");
        if (value == null) {
            return Optional.empty();
        }
        Optional<CachePreset> preset = CachePreset.named(value.text());
        if (preset.isEmpty()) {
            String known = Arrays.stream(CachePreset.values())
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            problems.refused("preset", value, known);
        }
        return preset;
    }

    private RegionConfig region(RegionConfig from, String name, String path, Map<String, ConfigValue> settings) {
        RegionSettings region;
        try {
            region = new RegionSettings(from, name);
        } catch (ConfigurationException badName) {
            problems.add("regions." + name + " is not a region's name; allowed: " + allowed(badName));
            return from;
        }
        List<String> order = new ArrayList<>(settings.keySet());
        for (String setting : order) {
            ConfigValue value = settings.get(setting);
            if (value != null) {
                apply(region, path, setting, value);
            }
        }
        try {
            return region.build();
        } catch (ConfigurationException outOfRange) {
            problems.add(path + outOfRange.context().get("path") + " is '"
                    + outOfRange.context().get("value") + "'; allowed: " + allowed(outOfRange));
            return from.toBuilder(name).build();
        }
    }

    private void apply(RegionSettings region, String path, String setting, ConfigValue value) {
        try {
            region.set(setting, value.text());
        } catch (ConfigText.Refused refused) {
            problems.refused(path + setting, value, String.valueOf(refused.getMessage()));
        } catch (ConfigurationException outOfRange) {
            problems.refused(path + setting, value, allowed(outOfRange));
        }
    }

    private static String allowed(ConfigurationException failure) {
        return String.valueOf(failure.context().get("allowed"));
    }
}
