package io.cachemigrator.map.encoding;

import io.cachemigrator.map.encoding.PickleNode.Bool;
import io.cachemigrator.map.encoding.PickleNode.Bytes;
import io.cachemigrator.map.encoding.PickleNode.DateTime;
import io.cachemigrator.map.encoding.PickleNode.Dict;
import io.cachemigrator.map.encoding.PickleNode.Global;
import io.cachemigrator.map.encoding.PickleNode.Instance;
import io.cachemigrator.map.encoding.PickleNode.Int;
import io.cachemigrator.map.encoding.PickleNode.Items;
import io.cachemigrator.map.encoding.PickleNode.None;
import io.cachemigrator.map.encoding.PickleNode.Real;
import io.cachemigrator.map.encoding.PickleNode.Text;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes what a pickle holds as JSON text. What JSON cannot hold without loss is refused; in the dialect of marked values so is
 * everything that names a class, and sets are sorted.
 */
final class PickleJson {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

    private final JsonOutput out;
    private final DecodingLimits limits;
    private final boolean marked;

    private PickleJson(DecodingLimits limits, boolean marked) {
        this.limits = limits;
        this.marked = marked;
        this.out = new JsonOutput(limits.maxBytes());
    }

    static byte[] write(PickleNode node, DecodingLimits limits) throws PickleRefusal {
        return write(node, new PickleJson(limits, false));
    }

    /** The same in the dialect of marked values. */
    static byte[] writeMarked(PickleNode node, DecodingLimits limits) throws PickleRefusal {
        return write(node, new PickleJson(limits, true));
    }

    private static byte[] write(PickleNode node, PickleJson json) throws PickleRefusal {
        json.value(node, 0);
        return json.out.toBytes();
    }

    private void value(PickleNode node, int depth) throws PickleRefusal {
        if (depth > limits.maxDepth()) {
            throw PickleRefusal.tooLarge("it is nested deeper than " + limits.maxDepth() + " levels");
        }
        if (node instanceof Items items) {
            list(marked && items.type().endsWith("set") ? sorted(items.items()) : items.items(), depth);
        } else if (node instanceof Dict dict) {
            out.raw("{");
            members(dict, new HashSet<>(), depth);
            out.raw("}");
        } else if (node instanceof Instance instance) {
            object(instance, depth);
        } else {
            leaf(node);
        }
        if (out.overflowed()) {
            throw PickleRefusal.tooLarge("its JSON form is longer than " + limits.maxBytes() + " bytes");
        }
    }

    private void leaf(PickleNode node) throws PickleRefusal {
        if (node == None.NONE) {
            out.raw("null");
        } else if (node instanceof Bool bool) {
            out.raw(Boolean.toString(bool.value()));
        } else if (node instanceof Int integer) {
            out.raw(integer.value().toString());
        } else if (node instanceof Real real) {
            out.raw(Double.toString(real.value()));
        } else if (node instanceof Text text) {
            out.string(text.value());
        } else if (node instanceof DateTime time) {
            out.string(isoText(time));
        } else if (node instanceof Bytes bytes) {
            single(marked ? "$binary" : "@bytes", Base64.getEncoder().encodeToString(bytes.value()));
        } else if (node instanceof Global global) {
            refuseNames(global.qualified());
            single("@name", global.qualified());
        } else {
            throw PickleRefusal.malformed("a mark stands where a value should");
        }
    }

    private void single(String name, String value) {
        out.raw("{").name(name).string(value).raw("}");
    }

    private void list(List<PickleNode> items, int depth) throws PickleRefusal {
        out.raw("[");
        String separator = "";
        for (PickleNode item : items) {
            out.raw(separator);
            value(item, depth + 1);
            separator = ", ";
        }
        out.raw("]");
    }

    private void object(Instance instance, int depth) throws PickleRefusal {
        refuseNames(instance.type());
        out.raw("{").name("@class").string(instance.type());
        Set<String> names = new HashSet<>(Set.of("@class"));
        if (!instance.arguments().isEmpty()) {
            names.add("@arguments");
            out.raw(", ").name("@arguments");
            list(instance.arguments(), depth + 1);
        }
        PickleNode state = instance.state();
        if (state instanceof Dict dict) {
            out.raw(dict.flat().isEmpty() ? "" : ", ");
            members(dict, names, depth);
        } else if (state != null && state != None.NONE) {
            out.raw(", ").name("@state");
            value(state, depth + 1);
        }
        out.raw("}");
    }

    private void refuseNames(String name) throws PickleRefusal {
        if (marked) {
            throw PickleRefusal.code("it names " + PickleObjects.printable(name));
        }
    }

    /** Numbers before texts before all else, each in its order, so that equal sets give the same text. */
    private static List<PickleNode> sorted(List<PickleNode> items) {
        List<PickleNode> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparingInt(PickleJson::rank)
                .thenComparing(PickleJson::number)
                .thenComparing(
                        node -> node instanceof Text text ? text.value() : "",
                        (left, right) -> Arrays.compare(
                                left.codePoints().toArray(), right.codePoints().toArray())));
        return sorted;
    }

    private static int rank(PickleNode node) {
        return node instanceof Int || node instanceof Real ? 0 : node instanceof Text ? 1 : 2;
    }

    private static BigDecimal number(PickleNode node) {
        if (node instanceof Int integer) {
            return new BigDecimal(integer.value());
        }
        return node instanceof Real real && Double.isFinite(real.value())
                ? BigDecimal.valueOf(real.value())
                : BigDecimal.ZERO;
    }

    private void members(Dict dict, Set<String> names, int depth) throws PickleRefusal {
        for (int i = 0; i < dict.flat().size(); i += 2) {
            String name = name(dict.flat().get(i));
            if (!names.add(name)) {
                throw new PickleRefusal(
                        PickleRefusal.Cause.UNREPRESENTABLE, "two keys of a map have the same name in JSON");
            }
            out.raw(i == 0 ? "" : ", ").name(name);
            value(dict.flat().get(i + 1), depth + 1);
        }
    }

    /** A key as Python's JSON writer names it. */
    private static String name(PickleNode key) throws PickleRefusal {
        if (key instanceof Text text) {
            return text.value();
        }
        if (key instanceof Int integer) {
            return integer.value().toString();
        }
        if (key instanceof Real real) {
            return Double.toString(real.value());
        }
        if (key instanceof Bool bool) {
            return Boolean.toString(bool.value());
        }
        if (key == None.NONE) {
            return "null";
        }
        if (key instanceof DateTime time) {
            return isoText(time);
        }
        throw new PickleRefusal(
                PickleRefusal.Cause.UNREPRESENTABLE,
                "a map has a key of type " + key.type() + ", which JSON cannot name");
    }

    private static String isoText(DateTime time) {
        return (time.value().equals(time.value().truncatedTo(ChronoUnit.SECONDS)) ? SECONDS : MICROSECONDS)
                .format(time.value());
    }
}
