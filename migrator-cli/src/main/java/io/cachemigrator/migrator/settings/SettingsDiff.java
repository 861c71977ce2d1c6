package io.cachemigrator.migrator.settings;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.cachemigrator.map.ConfigurationKey;
import io.cachemigrator.migrator.project.StoreUri;
import java.util.ArrayList;
import java.util.List;

/** Unified diffs of settings files that show no value which may be secret. */
final class SettingsDiff {
    private static final int CONTEXT_LINES = 2;

    private SettingsDiff() {}

    static String of(SettingsFile before, SettingsFile after, List<ConfigurationKey> keys) {
        List<String> old = shown(before, keys);
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + before.path(), "b/" + after.path(), old, DiffUtils.diff(old, shown(after, keys)), CONTEXT_LINES);
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static List<String> shown(SettingsFile file, List<ConfigurationKey> keys) {
        List<String> lines = new ArrayList<>();
        for (SettingsEntry entry : file.entries()) {
            if (!entry.isSetting()) {
                lines.add(StoreUri.hideSecrets(withoutValue(entry.lead())));
            } else if (isPublic(entry, keys)) {
                lines.add(entry.lead() + entry.key() + entry.separator() + StoreUri.hideSecrets(entry.value()));
            } else {
                lines.add(entry.lead() + entry.key() + entry.separator() + "***");
            }
        }
        return lines;
    }

    /** A setting that somebody has turned into a comment may still hold a password that is in use elsewhere. */
    private static String withoutValue(String comment) {
        return comment.replaceFirst("^(\\s*[#!].*?[A-Za-z_][\\w.-]*\\s*[=:]).+$", "$1***");
    }

    /** Only settings that a map knows and does not call secret are shown; any other may be one. */
    private static boolean isPublic(SettingsEntry entry, List<ConfigurationKey> keys) {
        String canonical = SettingsFile.canonical(entry.key());
        boolean known = false;
        for (ConfigurationKey key : keys) {
            String replacement = key.replacement();
            if (SettingsMigration.matches(key, canonical) || canonical.equals(replacement)) {
                if (key.secret() && key.conversion() == io.cachemigrator.map.ValueConversion.NONE) {
                    return false;
                }
                known = true;
            }
        }
        return known;
    }
}
