package io.cachemigrator.migrator.project;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What {@code migrator.yml} says. Every field may be missing; options of the command line win over it.
 *
 * @param legacy URI of the legacy store
 * @param target URI of the target store
 * @param journal JDBC URL of the journal
 * @param families families to migrate; empty = all detected
 * @param maps files of further migration maps, relative to the file
 * @param parameters parameters of the maps, such as {@code namespace}
 * @param notifications what may be done with keyspace notifications of the legacy store
 * @param stageWait how long a process that reports nothing may take to see a change of the stage; zero or more
 * @param javaRuntime the oldest Java that the application runs on; 0 = what its build states
 * @param encryptionKeys keys of encrypted legacy values, followed from their references
 */
public record MigratorConfig(
        @Nullable String legacy,
        @Nullable String target,
        @Nullable String journal,
        List<String> families,
        List<String> maps,
        Map<String, String> parameters,
        Notifications notifications,
        Duration stageWait,
        int javaRuntime,
        EncryptionKeys encryptionKeys) {

    /** A configuration that says nothing. */
    public static final MigratorConfig EMPTY = new MigratorConfig(
            null,
            null,
            null,
            List.of(),
            List.of(),
            Map.of(),
            Notifications.USE,
            Duration.ofSeconds(2),
            0,
            EncryptionKeys.NONE);

    private static final Set<String> SCALARS =
            new TreeSet<>(Set.of("legacy", "target", "journal", "java-runtime", "notifications", "stage-wait"));
    private static final Set<String> LISTS = new TreeSet<>(Set.of("encryption-keys", "families", "maps"));
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern JAVA = Pattern.compile("[1-9][0-9]?");
    private static final long MAX_BYTES = 1 << 20;

    /**
     * Reads a file; {@code ${NAME}} in a value stands for an environment variable, so that secrets need not be in it.
     *
     * @throws MigratorException {@link ErrorCode#BAD_CONFIG_FILE} naming line and allowed fields
     */
    public static MigratorConfig read(Path file, Map<String, String> environment) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw bad(file, 1, "it is larger than " + MAX_BYTES + " bytes");
            }
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(10);
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(Files.readString(file)));
            return root == null ? EMPTY : fromNode(file, root, environment);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw bad(file, line, "it is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw bad(file, 1, "it is not YAML: " + e.getMessage());
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The file " + file + " cannot be read.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Correct its permissions and encoding (UTF-8), or name another with --config.",
                    e);
        }
    }

    private static MigratorConfig fromNode(Path file, Node root, Map<String, String> environment) {
        if (!(root instanceof MappingNode mapping)) {
            throw bad(file, line(root), "it must hold fields such as 'legacy:' at its top");
        }
        Map<String, String> scalars = new LinkedHashMap<>();
        Map<String, List<String>> lists = new LinkedHashMap<>();
        Map<String, String> parameters = new LinkedHashMap<>();
        Duration stageWait = EMPTY.stageWait;
        int javaRuntime = 0;
        Notifications notifications = EMPTY.notifications;
        for (NodeTuple field : mapping.getValue()) {
            String name = scalar(file, field.getKeyNode(), environment);
            if (SCALARS.contains(name)) {
                scalars.put(name, scalar(file, field.getValueNode(), environment));
                notifications = name.equals("notifications")
                        ? notifications(file, field.getValueNode(), environment)
                        : notifications;
                javaRuntime = name.equals("java-runtime") ? java(file, field.getValueNode(), environment) : javaRuntime;
                stageWait = name.equals("stage-wait") ? duration(file, field.getValueNode(), environment) : stageWait;
            } else if (LISTS.contains(name)) {
                lists.put(name, list(file, field.getValueNode(), environment));
            } else if (name.equals("parameters") && field.getValueNode() instanceof MappingNode values) {
                for (NodeTuple value : values.getValue()) {
                    parameters.put(
                            scalar(file, value.getKeyNode(), environment),
                            scalar(file, value.getValueNode(), environment));
                }
            } else {
                throw bad(
                        file,
                        line(field.getKeyNode()),
                        "'" + name
                                + "' is not a field of it; allowed: encryption-keys, families, java-runtime, journal, legacy, maps, notifications,"
                                + " parameters, stage-wait, target");
            }
        }
        return new MigratorConfig(
                scalars.get("legacy"),
                scalars.get("target"),
                scalars.get("journal"),
                lists.getOrDefault("families", List.of()),
                lists.getOrDefault("maps", List.of()),
                Map.copyOf(parameters),
                notifications,
                stageWait,
                javaRuntime,
                keys(file, root, lists.getOrDefault("encryption-keys", List.of()), environment));
    }

    private static EncryptionKeys keys(Path file, Node root, List<String> references, Map<String, String> environment) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return EncryptionKeys.of(references, folder == null ? file : folder, environment);
        } catch (IllegalArgumentException unusable) {
            throw bad(
                    file,
                    lineOf("encryption-keys", root),
                    "encryption-keys: " + String.valueOf(unusable.getMessage()).replaceFirst("\\.$", ""));
        }
    }

    private static int java(Path file, Node node, Map<String, String> environment) {
        String value = scalar(file, node, environment);
        if (!JAVA.matcher(value).matches()) {
            throw bad(file, line(node), "java-runtime: '" + value + "' is no version of Java such as 17");
        }
        return Integer.parseInt(value);
    }

    private static Notifications notifications(Path file, Node node, Map<String, String> environment) {
        return switch (scalar(file, node, environment)) {
            case "use" -> Notifications.USE;
            case "enable" -> Notifications.ENABLE;
            case "off" -> Notifications.OFF;
            default -> throw bad(file, line(node), "it takes use, enable or off");
        };
    }

    private static Duration duration(Path file, Node node, Map<String, String> environment) {
        try {
            Duration duration = Duration.parse(scalar(file, node, environment));
            if (!duration.isNegative() && duration.compareTo(Duration.ofHours(1)) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException notADuration) {
            // told below, like one out of range
        }
        throw bad(file, line(node), "a duration such as PT2S is needed here, at most PT1H");
    }

    private static List<String> list(Path file, Node node, Map<String, String> environment) {
        if (!(node instanceof SequenceNode sequence)) {
            throw bad(file, line(node), "a list is needed here");
        }
        List<String> values = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            values.add(scalar(file, item, environment));
        }
        return List.copyOf(values);
    }

    private static String scalar(Path file, Node node, Map<String, String> environment) {
        if (!(node instanceof ScalarNode text)) {
            throw bad(file, line(node), "a single value is needed here");
        }
        Matcher matcher = REFERENCE.matcher(text.getValue());
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String value = environment.get(matcher.group(1));
            if (value == null) {
                throw bad(file, line(node), "the environment variable " + matcher.group(1) + " is not set");
            }
            matcher.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(result).toString();
    }

    private static int lineOf(String field, Node root) {
        return root instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(NodeTuple::getKeyNode)
                        .filter(key -> key instanceof ScalarNode scalar
                                && scalar.getValue().equals(field))
                        .map(MigratorConfig::line)
                        .findFirst()
                        .orElse(1)
                : 1;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static MigratorException bad(Path file, int line, String why) {
        return new MigratorException(
                ErrorCode.BAD_CONFIG_FILE,
                "The configuration file " + file + " cannot be used.",
                "Line " + line + ": " + why + ".",
                "Correct the line, or name another file with --config.");
    }

    @Override
    public String toString() {
        return "MigratorConfig[families=" + families + ", maps=" + maps + "]";
    }
}
