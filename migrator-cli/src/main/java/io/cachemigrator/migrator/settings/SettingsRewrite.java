package io.cachemigrator.migrator.settings;

import io.cachemigrator.map.ConfigurationAction;
import io.cachemigrator.map.ConfigurationKey;
import io.cachemigrator.map.ValueConversion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Works out the new form of one settings file. Used once. */
final class SettingsRewrite {
    private static final String URI_KEY = "CACHE_REDIS_URI";
    private static final Map<String, String> FLAGS = Map.of(
            "true", "true", "1", "true", "yes", "true", "on", "true", "false", "false", "0", "false", "no", "false",
            "off", "false");
    private static final Map<String, String> PRESETS = Map.of(
            "development",
            "development",
            "testing",
            "testing",
            "production",
            "production",
            "web",
            "web",
            "ai",
            "ai",
            "ai-development",
            "ai",
            "ai-production",
            "ai");

    private final SettingsFile file;
    private final List<ConfigurationKey> keys;
    private final Predicate<String> mentioned;
    private final Set<String> present;
    private final List<SettingsFinding> findings = new ArrayList<>();
    private final List<SettingsEntry> result = new ArrayList<>();

    SettingsRewrite(SettingsFile file, List<ConfigurationKey> keys, Predicate<String> mentioned) {
        this.file = file;
        this.keys = keys;
        this.mentioned = mentioned;
        this.present = file.entries().stream()
                .filter(SettingsEntry::isSetting)
                .map(entry -> SettingsFile.canonical(entry.key()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    List<SettingsFinding> findings() {
        return List.copyOf(findings);
    }

    SettingsFile apply() {
        boolean uriWritten = false;
        for (SettingsEntry entry : file.entries()) {
            ConfigurationKey key = entry.isSetting() ? keyOf(entry) : null;
            if (key == null) {
                result.add(entry);
            } else if (SettingsMigration.isUriPart(key)) {
                uriWritten = uriPart(entry, uriWritten);
            } else {
                single(entry, key);
            }
        }
        if (!findings.isEmpty()) {
            additions();
        }
        return new SettingsFile(file.path(), file.dialect(), List.copyOf(result));
    }

    private @Nullable ConfigurationKey keyOf(SettingsEntry entry) {
        String canonical = SettingsFile.canonical(entry.key());
        return keys.stream()
                .filter(key -> key.action() != ConfigurationAction.ADD && SettingsMigration.matches(key, canonical))
                .findFirst()
                .orElse(null);
    }

    private void single(SettingsEntry entry, ConfigurationKey key) {
        switch (key.action()) {
            case RENAME -> rename(entry, key, String.valueOf(key.replacement()));
            case REMOVE -> remove(entry);
            case REVIEW -> {
                result.add(entry);
                find(entry, "a decision: " + key.note(), false, "settings.review");
            }
            case KEEP -> keep(entry, key);
            case ADD -> result.add(entry);
        }
    }

    /** A value that the new configuration reads under the same name may need another word. */
    private void keep(SettingsEntry entry, ConfigurationKey key) {
        String value = key.conversion() == ValueConversion.CACHE_PRESET ? converted(entry, key.conversion()) : null;
        if (key.conversion() != ValueConversion.CACHE_PRESET || entry.value().equals(value)) {
            result.add(entry);
        } else if (value == null) {
            result.add(entry);
            find(entry, "a decision: " + key.note(), false, "settings.review");
        } else {
            result.add(entry.with(entry.key(), value));
            find(entry, entry.key() + " with the name of the nearest new preset", true, "settings.convert");
        }
    }

    private void rename(SettingsEntry entry, ConfigurationKey key, String replacement) {
        String newKey = SettingsFile.styled(replacement, entry.key());
        boolean inUse = isMentioned(entry);
        String value = converted(entry, key.conversion());
        if (present.contains(replacement)) {
            result.add(entry);
            if (!inUse || !isValueOf(replacement, entry, value)) {
                find(entry, newKey + " is set as well and wins: remove " + entry.key(), false, "settings.both-set");
            }
            return;
        }
        String winner = winner(key, replacement);
        if (!winner.equals(key.key())) {
            result.add(entry);
            find(entry, winner + " is set as well and wins: remove " + entry.key(), false, "settings.both-set");
            return;
        }
        if (value == null) {
            result.add(entry);
            find(entry, newKey + ", whose value has to be written by hand", false, "settings.review");
            return;
        }
        SettingsEntry renamed = entry.with(newKey, value);
        if (inUse && key.secret()) {
            result.add(entry);
            find(
                    entry,
                    newKey + " (the project still reads " + entry.key() + ", and a secret is not copied)",
                    false,
                    "settings.secret-in-use");
        } else if (inUse) {
            result.add(entry.with(entry.key(), entry.value()));
            result.add(renamed);
            present.add(replacement);
            find(
                    entry,
                    newKey + " beside it (the project still reads " + entry.key() + ")",
                    true,
                    "settings.add-beside");
        } else {
            result.add(renamed);
            present.add(replacement);
            find(entry, newKey, true, "settings.rename");
        }
    }

    /** Whether the new key says already what the old one would become. */
    private boolean isValueOf(String replacement, SettingsEntry entry, @Nullable String value) {
        String wanted = value == null
                ? entry.bareValue()
                : entry.with(replacement, value).bareValue();
        return file.entries().stream()
                .filter(other ->
                        other.isSetting() && SettingsFile.canonical(other.key()).equals(replacement))
                .allMatch(other ->
                        other.bareValue().equals(wanted) || other.bareValue().equals(entry.bareValue()));
    }

    /** Of several old keys that one new key replaces, the one that the map names first. */
    private String winner(ConfigurationKey key, String replacement) {
        return keys.stream()
                .filter(other -> other.action() == ConfigurationAction.RENAME
                        && replacement.equals(other.replacement())
                        && !SettingsMigration.isUriPart(other)
                        && present.contains(other.key()))
                .map(ConfigurationKey::key)
                .findFirst()
                .orElse(key.key());
    }

    private void remove(SettingsEntry entry) {
        if (isMentioned(entry)) {
            result.add(entry);
            find(entry, "nothing: it has no effect any more, yet the project still reads it", false, "settings.in-use");
        } else {
            find(entry, "nothing: it has no effect any more", true, "settings.remove");
        }
    }

    /** Host, port and database become one URI where the host stands; a complete URL makes them meaningless. */
    private boolean uriPart(SettingsEntry entry, boolean uriWritten) {
        if (present.contains("REDIS_URL") || (present.contains(URI_KEY) && !uriWritten)) {
            result.add(entry);
            if (present.contains("REDIS_URL")) {
                find(entry, "nothing: REDIS_URL wins over it", false, "settings.unreachable");
            }
            return uriWritten;
        }
        String newKey = SettingsFile.styled(URI_KEY, entry.key());
        boolean inUse = isMentioned(entry);
        if (inUse) {
            result.add(entry.with(entry.key(), entry.value()));
        }
        if (!uriWritten) {
            result.add(entry.with(newKey, entry.quotedLikeThis(composedUri())));
            present.add(URI_KEY);
        }
        find(
                entry,
                "part of " + newKey + (inUse ? " (the project still reads " + entry.key() + ")" : ""),
                true,
                "settings.uri");
        return true;
    }

    private String composedUri() {
        String scheme = Boolean.parseBoolean(valueOf("REDIS_SSL", "false")) ? "rediss" : "redis";
        return scheme + "://" + valueOf("REDIS_HOST", "localhost") + ":" + valueOf("REDIS_PORT", "6379") + "/"
                + valueOf("REDIS_DB", "0");
    }

    private String valueOf(String canonical, String fallback) {
        return file.entries().stream()
                .filter(entry -> entry.isSetting()
                        && SettingsFile.canonical(entry.key()).equals(canonical)
                        && !entry.plainValue().isBlank())
                .map(SettingsEntry::plainValue)
                .reduce((first, last) -> last)
                .orElse(fallback);
    }

    /** The new value as it is written; null when a person has to decide. */
    private static @Nullable String converted(SettingsEntry entry, ValueConversion conversion) {
        String bare = entry.bareValue();
        String value = switch (conversion) {
            case SECONDS_TO_DURATION ->
                bare.matches("\\d{1,12}")
                        ? Duration.ofSeconds(Long.parseLong(bare)).toString()
                        : bare;
            case POSITIVE_COUNT -> bare.matches("0*[1-9]\\d{0,8}") ? bare : null;
            case FLAG -> FLAGS.get(bare.toLowerCase(Locale.ROOT));
            case CACHE_PRESET -> PRESETS.get(bare.toLowerCase(Locale.ROOT));
            default -> bare;
        };
        return value == null || value.equals(bare) ? (value == null ? null : entry.value()) : entry.valued(value);
    }

    private void additions() {
        for (ConfigurationKey key : keys) {
            if (key.action() == ConfigurationAction.ADD && !present.contains(key.key()) && key.value() != null) {
                SettingsEntry like = file.entries().stream()
                        .filter(SettingsEntry::isSetting)
                        .findFirst()
                        .orElseThrow();
                endLastLine();
                String newKey = SettingsFile.styled(key.key(), like.key());
                result.add(new SettingsEntry(0, "", newKey, "=", key.value(), "\n"));
                present.add(key.key());
            }
        }
    }

    private void endLastLine() {
        int last = result.size() - 1;
        SettingsEntry entry = result.get(last);
        if (entry.end().isEmpty()) {
            result.set(
                    last,
                    new SettingsEntry(entry.line(), entry.lead(), entry.key(), entry.separator(), entry.value(), "\n"));
        }
    }

    private boolean isMentioned(SettingsEntry entry) {
        return mentioned.test(entry.key());
    }

    private void find(SettingsEntry entry, String replacement, boolean automatic, String rule) {
        findings.add(new SettingsFinding(file.path(), entry.line(), entry.key(), replacement, automatic, rule));
    }
}
