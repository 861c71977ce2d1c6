package io.cachemigrator.map;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Finds, reads and checks migration maps. A map's text is data: reading it creates no object that it names, and its
 * size, depth and aliases are capped. Stateless.
 */
public final class MigrationMaps {
    /** How long a map may be, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private static final List<String> BUILT_IN = List.of(
            "ehcache2",
            "factory",
            "guava",
            "hand-rolled",
            "jcache",
            "jedis",
            "services",
            "spring-cache",
            "spymemcached");
    private static final int MAX_DEPTH = 20;
    private static final int MAX_ALIASES = 50;

    private MigrationMaps() {}

    /**
     * The maps that come with the product, by family.
     *
     * @return a new map in the order of the families' names
     */
    public static Map<String, MigrationMap> builtIn() {
        Map<String, MigrationMap> maps = new TreeMap<>();
        for (String family : BUILT_IN) {
            builtIn(family).ifPresent(map -> maps.put(family, map));
        }
        return maps;
    }

    /**
     * The map of one family that comes with the product.
     *
     * @param family the family's name
     * @return empty where there is none
     */
    public static Optional<MigrationMap> builtIn(String family) {
        if (!BUILT_IN.contains(family)) {
            return Optional.empty();
        }
        MapResult result = parse(builtInText(family), family);
        if (result instanceof MapResult.Valid valid) {
            return Optional.of(valid.map());
        }
        throw new IllegalStateException(
                "The built-in map '" + family + "' is damaged: " + result + " Reinstall the product.");
    }

    /**
     * The YAML text of a map that comes with the product, to show it or to start a map from it.
     *
     * @param family the name of a family that {@link #builtIn()} lists
     * @throws IllegalArgumentException where there is no such map
     */
    public static String builtInText(String family) {
        if (!BUILT_IN.contains(family)) {
            throw new IllegalArgumentException(
                    "There is no built-in map '" + family + "'. Use one of " + BUILT_IN + ".");
        }
        return resource(family + ".yml");
    }

    /** The JSON Schema (draft 2020-12) of migration maps, for editors. */
    public static String schema() {
        return resource("migration-map.schema.json");
    }

    /**
     * Reads a map from a file.
     *
     * @param file a YAML file in UTF-8 of at most {@link #MAX_BYTES}
     * @return the map, all its problems, or why there is no text to judge
     */
    public static MapResult load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(MAX_BYTES + 1);
            if (text.length > MAX_BYTES) {
                return unreadable(file, "it is longer than " + MAX_BYTES + " bytes. Split it by family.");
            }
            return parse(decode(text), file.toString());
        } catch (NoSuchFileException missing) {
            return unreadable(file, "there is no such file. Check the path.");
        } catch (CharacterCodingException notUtf8) {
            return unreadable(file, "it is not UTF-8. Save it as UTF-8.");
        } catch (IOException failed) {
            String why = Files.isDirectory(file) ? "it is a directory" : String.valueOf(failed.getMessage());
            return unreadable(file, why + ". Give a file that can be read.");
        }
    }

    /**
     * Checks a map file.
     *
     * @param file as for {@link #load}
     * @return its problems in the order of the document, empty where it is good; a file that cannot be read is one
     *     problem at line 1
     */
    public static List<MapProblem> validate(Path file) {
        MapResult result = load(file);
        if (result instanceof MapResult.Invalid invalid) {
            return invalid.problems();
        }
        return result instanceof MapResult.Unreadable unreadable
                ? List.of(new MapProblem(1, 1, "", unreadable.reason(), List.of(), null))
                : List.of();
    }

    /**
     * Reads a map from text.
     *
     * @param text the YAML text
     * @param source what to call it in the result
     */
    public static MapResult parse(String text, String source) {
        Problems problems = new Problems();
        Node root = compose(text, problems);
        MigrationMap map = root == null ? null : new MapReader(problems).read(root);
        if (map != null && problems.isEmpty()) {
            return new MapResult.Valid(source, map);
        }
        return new MapResult.Invalid(source, problems.inOrder());
    }

    private static @Nullable Node compose(String text, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setAllowRecursiveKeys(false);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problems.add(null, "", "The document is empty.");
            }
            return root;
        } catch (MarkedYAMLException notYaml) {
            Mark at = notYaml.getProblemMark() == null ? notYaml.getContextMark() : notYaml.getProblemMark();
            problems.add(at, "", "This is not YAML: " + Problems.echo(String.valueOf(notYaml.getProblem())));
        } catch (YAMLException notYaml) {
            problems.add(null, "", "This is not YAML: " + Problems.echo(String.valueOf(notYaml.getMessage())));
        }
        return null;
    }

    private static MapResult unreadable(Path file, String why) {
        return new MapResult.Unreadable(file.toString(), "The migration map '" + file + "' cannot be read: " + why);
    }

    private static String decode(byte[] text) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    }

    private static String resource(String name) {
        try (InputStream in = MigrationMaps.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The resource '" + name + "' is missing. Reinstall the product.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
