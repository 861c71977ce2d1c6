package io.cachemigrator.cache.config.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts what files hold in place of the settings that name them: {@code redis.passwordFile} for {@code redis.password}, as
 * platforms hand secrets to processes.
 */
final class SecretFiles {
    private static final int MAX_BYTES = 64 << 10;

    private SecretFiles() {}

    /** Where a setting's value would stand if it were not in a file; null = this setting names no file of that kind. */
    static @Nullable String target(String path) {
        if (path.startsWith(ServiceSettings.ENCRYPTION_KEY_FILES)) {
            return ServiceSettings.ENCRYPTION_KEYS + path.substring(ServiceSettings.ENCRYPTION_KEY_FILES.length());
        }
        String without = path.endsWith(ServiceSettings.IN_FILE)
                ? path.substring(0, path.length() - ServiceSettings.IN_FILE.length())
                : "";
        return ServiceSettings.SECRETS.contains(without) ? without : null;
    }

    /** Settings by path, with what the files hold. */
    static Map<String, ConfigValue> read(Map<String, ConfigValue> settings, ConfigProblems problems) {
        Map<String, ConfigValue> read = new TreeMap<>(settings);
        for (String path : new TreeSet<>(settings.keySet())) {
            @Nullable String target = target(path);
            @Nullable ConfigValue named = settings.get(path);
            if (target == null || named == null) {
                continue;
            }
            read.remove(path);
            if (settings.containsKey(target)) {
                problems.add(path + " (" + named.origin() + ") is set, and " + target + " too; give one of them");
            } else {
                @Nullable String text = text(path, named, problems);
                if (text != null) {
                    read.put(target, new ConfigValue(text, "file of " + path));
                }
            }
        }
        return read;
    }

    private static @Nullable String text(String path, ConfigValue named, ConfigProblems problems) {
        String allowed = "the path of a text file of at most 64 KiB that can be read";
        try {
            Path file = Path.of(named.text());
            if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
                return Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
            }
            problems.refused(path, named, allowed);
        } catch (IOException | InvalidPathException unreadable) {
            problems.refused(path, named, allowed + " (" + unreadable.getClass().getSimpleName() + ")");
        }
        return null;
    }
}
