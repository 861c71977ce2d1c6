package io.cachemigrator.cache.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.cache.error.CacheErrorCode;
import io.cachemigrator.cache.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings of an application's cache in a JSON file. */
final class SettingsFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final int MAX_BYTES = 1 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SettingsFile() {}

    /** Reads a file; messages hold no text of it. */
    static FlatSettings read(Path file, Map<String, String> variables) {
        Map<String, Object> values = parse(file);
        Map<String, Object> resolved = new LinkedHashMap<>();
        values.forEach((name, value) ->
                resolved.put(name, value instanceof String text ? resolved(file, name, text, variables) : value));
        return FlatSettings.of(resolved, "settings in " + file.getFileName());
    }

    /** Writes a file anew, which only its owner can read where the system knows owners; a reader sees the old one or the new. */
    static void write(Path file, Map<String, Object> settings, boolean makeFolders) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (makeFolders && folder != null) {
                Files.createDirectories(folder);
            }
            Path fresh = Files.createTempFile(folder, file.getFileName() + ".", ".tmp");
            try {
                Files.write(fresh, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(settings));
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw refused(
                    file, "cannot be written", Map.of("error_type", e.getClass().getSimpleName()), e);
        }
    }

    private static Map<String, Object> parse(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw refused(file, "is no file", Map.of(), null);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw refused(file, "has more than 1 MiB", Map.of(), null);
            }
            Map<String, Object> values =
                    MAPPER.readValue(Files.readAllBytes(file), new TypeReference<Map<String, Object>>() {});
            return values == null ? Map.of() : values;
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? "at an unknown place"
                    : "at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            // the parser's own message repeats what is there
            throw refused(file, "is no JSON object (" + place + ")", Map.of("json_error", place), null);
        } catch (IOException e) {
            throw refused(
                    file, "cannot be read", Map.of("error_type", e.getClass().getSimpleName()), e);
        }
    }

    private static String resolved(Path file, String name, String value, Map<String, String> variables) {
        Matcher variable = VARIABLE.matcher(value);
        StringBuilder text = new StringBuilder();
        while (variable.find()) {
            @Nullable String found = variables.get(variable.group(1));
            if (found == null) {
                throw refused(
                        file,
                        "asks for the variable " + variable.group(1) + " in " + name + ", which is not set",
                        Map.of(),
                        null);
            }
            variable.appendReplacement(text, Matcher.quoteReplacement(found));
        }
        variable.appendTail(text);
        return text.toString();
    }

    private static ConfigurationException refused(
            Path file, String what, Map<String, ?> context, @Nullable Throwable cause) {
        Map<String, Object> all = new LinkedHashMap<>(context);
        all.put("file_path", file.toString());
        return new ConfigurationException(
                CacheErrorCode.BAD_CONFIGURATION,
                "The settings file '" + file + "' " + what + ". Correct it, or name another one.",
                all,
                cause);
    }
}
