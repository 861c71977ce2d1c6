package io.cachemigrator.cache.config.source;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Settings and variables in files of lines. */
final class PlainText {
    private static final String NAMESPACE = "cache.";

    private PlainText() {}

    /** Java properties; settings may stand under {@code cache.}, and then others beside them are left alone. */
    static Map<String, ConfigValue> properties(String text, String file, ConfigProblems problems) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException malformed) {
            problems.add(file + " is not a properties file: " + malformed.getMessage());
            return Map.of();
        }
        boolean namespaced = properties.stringPropertyNames().stream().anyMatch(name -> name.startsWith(NAMESPACE));
        Map<String, ConfigValue> settings = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (!namespaced) {
                settings.put(name, new ConfigValue(properties.getProperty(name), file));
            } else if (name.startsWith(NAMESPACE)) {
                settings.put(name.substring(NAMESPACE.length()), new ConfigValue(properties.getProperty(name), file));
            }
        }
        return settings;
    }

    /** Lines of {@code NAME=value}, with comments, {@code export} and quotes as shells have them. */
    static Map<String, String> dotEnv(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            String trimmed = line.strip();
            int equals = trimmed.indexOf('=');
            if (equals > 0 && !trimmed.startsWith("#")) {
                String name = trimmed.substring(0, equals).strip();
                name = name.startsWith("export ")
                        ? name.substring("export ".length()).strip()
                        : name;
                variables.put(name, unquoted(trimmed.substring(equals + 1).strip()));
            }
        });
        return variables;
    }

    private static String unquoted(String value) {
        if (value.length() >= 2 && (value.charAt(0) == '"' || value.charAt(0) == '\'')) {
            int end = value.indexOf(value.charAt(0), 1);
            return end < 0 ? value : value.substring(1, end);
        }
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).strip();
    }
}
