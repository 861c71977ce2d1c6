package io.cachemigrator.migrator.settings;

import io.cachemigrator.map.ConfigurationKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds settings of one file that contradict one another, or that something else keeps from having an effect. Shows no value. */
final class SettingsClashes {
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");
    private static final Set<String> NO = Set.of("false", "0", "no", "off");
    private static final List<String> ADDRESSES = List.of("CACHE_REDIS_URL", "AI_CACHE_REDIS_URL", "REDIS_URL");

    private final SettingsFile file;
    private final Predicate<String> known;
    private final Map<String, SettingsEntry> last = new LinkedHashMap<>();
    private final List<SettingsFinding> findings = new ArrayList<>();

    SettingsClashes(SettingsFile file, List<ConfigurationKey> keys) {
        this.file = file;
        this.known = canonical -> keys.stream().anyMatch(key -> SettingsMigration.matches(key, canonical));
    }

    List<SettingsFinding> find() {
        Set<String> told = new HashSet<>();
        for (SettingsEntry entry : file.entries()) {
            String key = SettingsFile.canonical(entry.key());
            if (entry.isSetting() && known.test(key)) {
                SettingsEntry before = last.put(key, entry);
                if (before != null && !plain(before).equals(plain(entry)) && told.add(key)) {
                    add(
                            before,
                            "nothing: line " + entry.line() + " sets it to another value and wins",
                            "settings.twice");
                }
            }
        }
        flags();
        backends();
        aiFlag();
        return List.copyOf(findings);
    }

    /** Both mean the same switch, one of them upside down. */
    private void flags() {
        Boolean isNew = flag("USE_NEW_CACHE_FACTORY");
        Boolean isLegacy = flag("USE_LEGACY_CACHE");
        if (isNew != null && isNew.equals(isLegacy)) {
            contradiction("USE_LEGACY_CACHE", "USE_NEW_CACHE_FACTORY");
        }
    }

    private void backends() {
        String type = value("CACHE_TYPE").toLowerCase(Locale.ROOT);
        Boolean redis = flag("USE_REDIS");
        boolean memory = type.equals("memory");
        boolean named = memory || type.equals("redis") || type.equals("ai");
        if (redis != null && named && redis == memory) {
            contradiction("USE_REDIS", "CACHE_TYPE");
        }
        String because = memory ? "CACHE_TYPE" : !named && Boolean.FALSE.equals(redis) ? "USE_REDIS" : "";
        for (String address : because.isEmpty() ? List.<String>of() : ADDRESSES) {
            SettingsEntry entry = last.get(address);
            if (entry != null) {
                add(
                        entry,
                        "nothing for the caches: " + because + " on line " + line(because)
                                + " chooses memory; remove one of the two",
                        "settings.unreachable");
            }
        }
    }

    private void aiFlag() {
        SettingsEntry entry = last.get("ENABLE_AI_CACHE");
        if (entry != null && known.test("AI_CACHE_DEFAULT_TTL") && Boolean.TRUE.equals(flag("ENABLE_AI_CACHE"))) {
            boolean settings = last.keySet().stream().anyMatch(key -> key.startsWith("AI_CACHE_"));
            add(
                    entry,
                    settings
                            ? "an AI cache that the code asks the factory for: the flag alone never had an effect"
                            : "nothing: no AI_CACHE_ setting is given, so the flag never had an effect; remove it, or ask"
                                    + " the factory for an AI cache in code",
                    "settings.unreachable");
        }
    }

    private void contradiction(String key, String other) {
        SettingsEntry entry = last.get(key);
        if (entry != null) {
            add(
                    entry,
                    "it contradicts " + other + " on line " + line(other) + ": keep one of the two",
                    "settings.clash");
        }
    }

    private int line(String key) {
        SettingsEntry entry = last.get(key);
        return entry == null ? 0 : entry.line();
    }

    private @Nullable Boolean flag(String key) {
        String value = value(key).toLowerCase(Locale.ROOT);
        return YES.contains(value) ? Boolean.TRUE : NO.contains(value) ? Boolean.FALSE : null;
    }

    private String value(String key) {
        SettingsEntry entry = last.get(key);
        return entry == null ? "" : plain(entry);
    }

    private static String plain(SettingsEntry entry) {
        return entry.bareValue();
    }

    private void add(SettingsEntry entry, String instead, String rule) {
        findings.add(new SettingsFinding(file.path(), entry.line(), entry.key(), instead, false, rule));
    }
}
