package io.cachemigrator.map;

import io.cachemigrator.map.encoding.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key space of a legacy key. Immutable, safe for use by many threads, and linear in the length of the key,
 * whatever the number of key spaces.
 *
 * <p>A pattern is literal text, in which {@code {parameter}} stands for the value of a parameter, and at its end a
 * variable: {@code {name}} for all that follows, or {@code {name}} and {@code {hash:hex32}} or {@code {count:int}}
 * with a separator between. The literal text decides which keys belong to a key space; where several fit, the longest
 * wins. Variables only take apart what follows: at the last separator where the rest has the form, else not at all,
 * because ids may hold separators themselves. Braces that are meant literally are doubled.
 *
 * <p>With the forms {@code {digest:hex16}}, {@code {number:int64}} and {@code {text:rest}} a key only fits where the text after
 * the first separator has the form; of several such patterns with one prefix, exclusions come first and then the order of the map, and they
 * win over the pattern that is the prefix alone. A pattern that is one variable, as in {@code {key}}, is every key; only a key
 * space that says so may have it.
 */
public final class KeySpaceMatcher {
    private final Node root = new Node();
    private final List<CompiledSpace> spaces = new ArrayList<>();
    private final List<String> scanPatterns;

    private KeySpaceMatcher(MigrationMap map, Map<String, String> parameters) {
        String regionOfAll = regionOfAll(map, parameters);
        Set<String> covered = new TreeSet<>();
        Set<String> exact = new TreeSet<>();
        for (Exclusion exclusion : map.exclusions()) {
            KeyPattern pattern = CompiledSpace.compiled(KeyPattern.parse(exclusion.pattern(), parameters));
            insert(pattern, Rule.of(null, new KeyMatch.Excluded(exclusion), pattern));
            (pattern.exact() ? exact : covered).add(pattern.prefix());
        }
        for (KeySpace space : map.keySpaces()) {
            CompiledSpace compiled = CompiledSpace.of(space, parameters, regionOfAll);
            spaces.add(compiled);
            insert(compiled.pattern(), Rule.of(compiled, null, compiled.pattern()));
            (compiled.pattern().exact() ? exact : covered)
                    .add(compiled.pattern().prefix());
        }
        scanPatterns = globs(covered, exact);
    }

    /**
     * Builds the matcher of a map.
     *
     * @param map a valid map
     * @param parameters values of the map's parameters, by name; a missing one has its default
     * @throws IllegalArgumentException where a parameter is unknown or its value is empty
     */
    public static KeySpaceMatcher of(MigrationMap map, Map<String, String> parameters) {
        return new KeySpaceMatcher(map, complete(map, parameters));
    }

    /**
     * Finds what the map says of a key.
     *
     * @param key the bytes of the key, which the result shares
     */
    public KeyMatch match(byte[] key) {
        Node node = root;
        Rule best = null;
        List<Rule> deciding = List.of();
        for (int i = 0; ; i++) {
            if (node.prefixRule != null) {
                best = node.prefixRule;
                deciding = List.of();
            }
            if (!node.deciding.isEmpty()) {
                deciding = new ArrayList<>(deciding);
                deciding.addAll(0, node.deciding);
            }
            if (i == key.length) {
                if (node.exactRule != null) {
                    best = node.exactRule;
                    deciding = List.of();
                }
                break;
            }
            Node next = node.children == null ? null : node.children[key[i] & 0xff];
            if (next == null) {
                break;
            }
            node = next;
        }
        if ((best == null && deciding.isEmpty()) || !Utf8.isValid(key)) {
            return KeyMatch.Unclaimed.UNCLAIMED;
        }
        for (Rule rule : deciding) {
            if (rule.fits(key)) {
                return rule.excluded != null ? rule.excluded : rule.claim(key);
            }
        }
        if (best == null) {
            return KeyMatch.Unclaimed.UNCLAIMED;
        }
        return best.excluded != null ? best.excluded : best.claim(key);
    }

    /**
     * Finds the legacy keys that an entry of the target may come from: the way of {@link KeyMatch.Claimed#targetId()}
     * back, which is not always unique.
     *
     * @param region the target region
     * @param id the id in it
     * @return the keys, empty where no key space of the map leads there
     */
    public List<byte[]> legacyKeys(String region, String id) {
        List<byte[]> keys = new ArrayList<>();
        for (CompiledSpace space : spaces) {
            CompiledSpace.Affixes affixes = space.id();
            String tail = affixes == null || !space.region().equals(region) ? null : affixes.tailOf(id);
            if (tail != null) {
                byte[] key = (space.pattern().prefix() + tail).getBytes(StandardCharsets.UTF_8);
                if (match(key) instanceof KeyMatch.Claimed claimed
                        && claimed.keySpace().name().equals(space.keySpace().name())) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    /**
     * The fewest patterns for {@code SCAN MATCH} that together cover all key spaces and exclusions, with the server's
     * special characters escaped. A key may fit a pattern without belonging to the map, so match each key found.
     */
    public List<String> scanPatterns() {
        return scanPatterns;
    }

    /** The values of all parameters, defaults included. */
    static Map<String, String> complete(MigrationMap map, Map<String, String> parameters) {
        Map<String, String> values = new HashMap<>();
        map.parameters().forEach(parameter -> values.put(parameter.name(), parameter.defaultValue()));
        parameters.forEach((name, value) -> {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException("The map '" + map.family() + "' has no parameter '" + name
                        + "'. Use one of " + new TreeSet<>(values.keySet()) + ".");
            }
            if (value.isEmpty()) {
                throw new IllegalArgumentException(
                        "The parameter '" + name + "' is empty. Leave it out or give it a value.");
            }
            values.put(name, value);
        });
        return values;
    }

    private static @Nullable String regionOfAll(MigrationMap map, Map<String, String> values) {
        for (MapParameter parameter : map.parameters()) {
            String value = values.getOrDefault(parameter.name(), "");
            if (parameter.replacesRegions() && !value.equals(parameter.defaultValue())) {
                String valid = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
                return valid.matches("[a-z].*") ? valid : "r-" + valid;
            }
        }
        return null;
    }

    private void insert(KeyPattern pattern, Rule rule) {
        Node node = root;
        for (byte b : pattern.prefix().getBytes(StandardCharsets.UTF_8)) {
            node = node.child(b);
        }
        if (pattern.decides()) {
            node.deciding.add(rule);
        } else if (pattern.exact()) {
            node.exactRule = rule;
        } else {
            node.prefixRule = rule;
        }
    }

    private static List<String> globs(Set<String> prefixes, Set<String> exact) {
        List<String> globs = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (String prefix : prefixes) {
            if (kept.stream().noneMatch(prefix::startsWith)) {
                kept.add(prefix);
                globs.add(escape(prefix) + "*");
            }
        }
        exact.stream().filter(key -> kept.stream().noneMatch(key::startsWith)).forEach(key -> globs.add(escape(key)));
        return List.copyOf(globs);
    }

    private static String escape(String literal) {
        return literal.replaceAll("[*?\\[\\]\\\\^-]", "\\\\$0");
    }

    /** What the patterns that end at a node say. */
    private record Rule(
            @Nullable CompiledSpace space, KeyMatch.@Nullable Excluded excluded, KeyPattern pattern, int start) {
        static Rule of(@Nullable CompiledSpace space, KeyMatch.@Nullable Excluded excluded, KeyPattern pattern) {
            return new Rule(space, excluded, pattern, pattern.prefix().getBytes(StandardCharsets.UTF_8).length);
        }

        boolean fits(byte[] key) {
            return pattern.fits(new String(key, start, key.length - start, StandardCharsets.UTF_8));
        }

        KeyMatch claim(byte[] key) {
            return space == null ? KeyMatch.Unclaimed.UNCLAIMED : new KeyMatch.Claimed(space, key);
        }
    }

    /** A node of the tree of prefixes; written only while the matcher is built. */
    private static final class Node {
        private Node @Nullable [] children;
        private @Nullable Rule prefixRule;
        private @Nullable Rule exactRule;
        private final List<Rule> deciding = new ArrayList<>(0);

        Node child(byte b) {
            if (children == null) {
                children = new Node[256];
            }
            int index = b & 0xff;
            if (children[index] == null) {
                children[index] = new Node();
            }
            return children[index];
        }
    }
}
