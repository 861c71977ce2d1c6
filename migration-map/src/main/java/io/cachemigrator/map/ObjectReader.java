package io.cachemigrator.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the fields of one mapping node. A fault is reported and a harmless value returned in place of the faulty one,
 * so that reading goes on and finds all faults; a document with faults never becomes a map.
 */
final class ObjectReader {
    private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);

    private final Problems problems;
    private final String path;
    private final @Nullable Mark mark;
    private final Map<String, Node> fields = new LinkedHashMap<>();

    ObjectReader(Problems problems, String path, Node node, String... allowed) {
        this.problems = problems;
        this.path = path;
        this.mark = node.getStartMark();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> field(tuple, List.of(allowed)));
        } else {
            problems.notAllowed(mark, path, "This must be a mapping of fields.", "", List.of(allowed));
        }
    }

    String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** Where a field's value stands; the object itself where there is no such field. */
    @Nullable
    Mark mark(String field) {
        Node node = fields.get(field);
        return node == null ? mark : node.getStartMark();
    }

    void problem(String field, String message) {
        problems.add(mark(field), field.isEmpty() ? path : path(field), message);
    }

    /** Reports a fault in a field of an element of a list; dots in the field's name lead into nested objects. */
    void element(String list, int index, String field, String message) {
        Node node = fields.get(list);
        if (node instanceof SequenceNode sequence) {
            node = sequence.getValue().get(index);
        }
        for (String step : field.split("\\.", -1)) {
            Node next = child(node, step);
            node = next == null ? node : next;
        }
        Mark at = node == null ? mark : node.getStartMark();
        problems.add(at, path(list) + "[" + index + "]." + field, message);
    }

    private static @Nullable Node child(@Nullable Node node, String name) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(name)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }

    /** Reports a required field that is missing. */
    void require(String field) {
        if (!has(field)) {
            problems.add(mark, path(field), "The field '" + field + "' is missing.");
        }
    }

    /** Reports a field that makes no sense beside another. */
    void forbid(String field, String because) {
        if (has(field)) {
            problem(field, "The field '" + field + "' " + because + ".");
        }
    }

    @Nullable
    String text(String field) {
        Node node = fields.get(field);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ScalarNode scalar) || !SCALARS.contains(node.getTag())) {
            problem(field, "This must be text.");
            return "";
        }
        if (scalar.getValue().isBlank()) {
            problem(field, "This must not be empty.");
        }
        return scalar.getValue();
    }

    String text(String field, String fallback) {
        String text = text(field);
        return text == null ? fallback : text;
    }

    String requiredText(String field) {
        require(field);
        return text(field, "");
    }

    boolean flag(String field) {
        String text = text(field);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            problems.notAllowed(mark(field), path(field), unknown(text), text, List.of("true", "false"));
        }
        return "true".equals(text);
    }

    <E extends Enum<E>> @Nullable E oneOf(String field, Class<E> type) {
        String text = text(field);
        return text == null ? null : constant(type, text, mark(field), path(field));
    }

    <E extends Enum<E>> E oneOf(String field, Class<E> type, E fallback) {
        E value = oneOf(field, type);
        return value == null ? fallback : value;
    }

    <E extends Enum<E>> Set<E> someOf(String field, Class<E> type, Set<E> fallback) {
        if (!has(field)) {
            return fallback;
        }
        Set<E> values = new LinkedHashSet<>();
        List<Node> items = sequence(field);
        if (items.isEmpty()) {
            problem(field, "This must hold at least one value.");
        }
        for (int i = 0; i < items.size(); i++) {
            String itemPath = path(field) + "[" + i + "]";
            Mark at = items.get(i).getStartMark();
            String text = items.get(i) instanceof ScalarNode scalar ? scalar.getValue() : "";
            E value = constant(type, text, at, itemPath);
            if (value != null && !values.add(value)) {
                problems.add(at, itemPath, "'" + text + "' occurs twice.");
            }
        }
        return values;
    }

    @Nullable
    Duration duration(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        Duration duration = DurationText.parse(text);
        if (duration == null) {
            problem(field, "'" + Problems.echo(text) + "' is no duration. Write 500ms, 90s, 30m, 2h or 3d.");
            return Duration.ZERO;
        }
        return duration;
    }

    /** A list of texts; empty where the field is missing. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (Node item : has(field) ? sequence(field) : List.<Node>of()) {
            if (item instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
                texts.add(scalar.getValue());
            } else {
                problems.add(item.getStartMark(), path(field), "This must hold texts that are not empty.");
            }
        }
        return texts;
    }

    /** Reads a nested object. */
    <T> @Nullable T object(String field, Function<ObjectReader, T> read, String... allowed) {
        Node node = fields.get(field);
        return node == null ? null : read.apply(new ObjectReader(problems, path(field), node, allowed));
    }

    /** Reads a list of objects; empty where the field is missing. */
    <T> List<T> objects(String field, Function<ObjectReader, T> read, String... allowed) {
        List<T> objects = new ArrayList<>();
        List<Node> items = has(field) ? sequence(field) : List.of();
        for (int i = 0; i < items.size(); i++) {
            objects.add(read.apply(new ObjectReader(problems, path(field) + "[" + i + "]", items.get(i), allowed)));
        }
        return objects;
    }

    private List<Node> sequence(String field) {
        if (fields.get(field) instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(field, "This must be a list.");
        return List.of();
    }

    private <E extends Enum<E>> @Nullable E constant(Class<E> type, String text, @Nullable Mark at, String where) {
        List<String> allowed = new ArrayList<>();
        for (E value : type.getEnumConstants()) {
            if (value.toString().equals(text)) {
                return value;
            }
            allowed.add(value.toString());
        }
        problems.notAllowed(at, where, unknown(text), text, allowed);
        return null;
    }

    private static String unknown(String text) {
        return "'" + Problems.echo(text) + "' is not allowed here.";
    }

    private void field(NodeTuple tuple, List<String> allowed) {
        Mark at = tuple.getKeyNode().getStartMark();
        String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!allowed.contains(name)) {
            String message = "The field '" + Problems.echo(name) + "' is unknown.";
            problems.notAllowed(at, path(Problems.echo(name)), message, name, allowed);
        } else if (fields.putIfAbsent(name, tuple.getValueNode()) != null) {
            problems.add(at, path(name), "The field '" + name + "' occurs twice.");
        }
    }
}
