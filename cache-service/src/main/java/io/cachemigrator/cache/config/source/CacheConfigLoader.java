package io.cachemigrator.cache.config.source;

import io.cachemigrator.cache.config.CacheConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads a configuration from sources; of several that give one setting, the last counts. In values of files,
 * <code>${NAME}</code> stands for a variable, and <code>${NAME:other}</code> for one that may be missing, so that no secret
 * need be written into a file. Immutable.
 *
 * <pre>{@code
 * CacheConfig config = CacheConfigLoader.of(ConfigSource.file(Path.of("cache.yml")), ConfigSource.environment(System.getenv()))
 *         .load();
 * }</pre>
 */
public final class CacheConfigLoader {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.]*)(?::([^}]*))?}");

    private final List<ConfigSource> sources;
    private final Map<String, String> variables;

    private CacheConfigLoader(List<ConfigSource> sources, Map<String, String> variables) {
        this.sources = List.copyOf(sources);
        this.variables = Map.copyOf(variables);
    }

    /** From sources, with the variables of this process. */
    public static CacheConfigLoader of(ConfigSource... sources) {
        return new CacheConfigLoader(List.of(sources), System.getenv());
    }

    /** A loader that takes other variables for <code>${NAME}</code>. */
    public CacheConfigLoader withVariables(Map<String, String> others) {
        return new CacheConfigLoader(sources, others);
    }

    /** The sources, the last of which counts most. */
    public List<ConfigSource> sources() {
        return sources;
    }

    /** The files that settings name because these hold a secret; what cannot be read names none. */
    Set<Path> secretFiles() {
        Set<Path> files = new TreeSet<>();
        settings(new ConfigProblems()).forEach((path, value) -> {
            boolean inFile = Names.bare(path).endsWith("file") || path.startsWith(ServiceSettings.ENCRYPTION_KEY_FILES);
            if (inFile && !value.text().isEmpty()) {
                try {
                    files.add(ConfigText.path(value.text()));
                } catch (ConfigText.Refused malformed) {
                    return; // loading says so
                }
            }
        });
        return files;
    }

    private Map<String, ConfigValue> settings(ConfigProblems problems) {
        Map<String, ConfigValue> settings = new TreeMap<>();
        for (ConfigSource source : sources) {
            source.read(problems).forEach((path, value) -> settings.put(path, resolved(path, value, problems)));
        }
        return settings;
    }

    /**
     * Reads the sources and makes a configuration of them.
     *
     * @throws io.cachemigrator.cache.error.ConfigurationException naming every fault with its path, value, origin and what is
     *     allowed
     */
    public CacheConfig load() {
        ConfigProblems problems = new ConfigProblems();
        CacheConfig config = new ConfigBinder(settings(problems), problems).bind();
        problems.throwIfAny();
        return config;
    }

    private ConfigValue resolved(String path, ConfigValue value, ConfigProblems problems) {
        Matcher variable = VARIABLE.matcher(value.text());
        StringBuilder text = new StringBuilder();
        while (variable.find()) {
            String otherwise = variable.group(2);
            String found = variables.get(variable.group(1));
            if (found == null && otherwise == null) {
                problems.add(path + " (" + value.origin() + ") asks for the variable " + variable.group(1)
                        + ", which is not set");
            }
            String replacement = found != null ? found : otherwise == null ? "" : otherwise;
            variable.appendReplacement(text, Matcher.quoteReplacement(replacement));
        }
        variable.appendTail(text);
        return new ConfigValue(text.toString(), value.origin());
    }
}
