package io.cachemigrator.map.encoding;

import io.cachemigrator.map.encoding.PickleNode.Bool;
import io.cachemigrator.map.encoding.PickleNode.Bytes;
import io.cachemigrator.map.encoding.PickleNode.Dict;
import io.cachemigrator.map.encoding.PickleNode.Int;
import io.cachemigrator.map.encoding.PickleNode.Items;
import io.cachemigrator.map.encoding.PickleNode.Mark;
import io.cachemigrator.map.encoding.PickleNode.None;
import io.cachemigrator.map.encoding.PickleNode.Real;
import io.cachemigrator.map.encoding.PickleNode.Text;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the data in a pickle, protocols 0 to 5. It is restricted by construction: a class or function is a pair of
 * names, nothing is looked up, loaded or called, and the one call with a known meaning (a date and time from ten
 * bytes) is computed here. Everything else that would run code is refused.
 */
final class PickleReader {
    private final PickleInput in;
    private final PickleStack stack;
    private final PickleObjects objects;

    private PickleReader(byte[] pickle, int maxElements) {
        in = new PickleInput(pickle);
        stack = new PickleStack(maxElements);
        objects = new PickleObjects(in, stack);
    }

    /** Tells whether a value starts as pickles of protocols 2 to 5 do. */
    static boolean looksLike(byte[] value) {
        return value.length >= 2 && value[0] == (byte) 0x80 && value[1] >= 2 && value[1] <= 5;
    }

    /** Reads a whole pickle. */
    static PickleNode read(byte[] pickle, int maxElements) throws PickleRefusal {
        PickleReader reader = new PickleReader(pickle, maxElements);
        while (true) {
            int opcode = reader.in.u1();
            if (opcode == '.') {
                return reader.stop();
            }
            boolean known = reader.number(opcode)
                    || reader.text(opcode)
                    || reader.container(opcode)
                    || reader.housekeeping(opcode)
                    || reader.objects.handle(opcode);
            if (!known) {
                throw PickleRefusal.malformed(
                        "unknown opcode 0x%02x at byte %d".formatted(opcode, reader.in.position() - 1));
            }
        }
    }

    private PickleNode stop() throws PickleRefusal {
        PickleNode value = stack.popValue();
        if (!stack.isEmpty() || !in.atEnd()) {
            throw PickleRefusal.malformed("something is left after its end");
        }
        return value;
    }

    private boolean number(int opcode) throws PickleRefusal {
        switch (opcode) {
            case 'N' -> stack.push(None.NONE);
            case 0x88 -> stack.push(new Bool(true));
            case 0x89 -> stack.push(new Bool(false));
            case 'K' -> push(in.u1());
            case 'M' -> push(in.u2());
            case 'J' -> push(in.i4());
            case 0x8a -> stack.push(new Int(in.integer(in.u1())));
            case 0x8b -> stack.push(new Int(in.integer(in.length4())));
            case 'G' -> stack.push(new Real(in.bigEndianDouble()));
            case 'I' -> stack.push(PickleText.integer(in.line()));
            case 'L' -> stack.push(PickleText.longInteger(in.line()));
            case 'F' -> stack.push(PickleText.real(in.line()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void push(long value) throws PickleRefusal {
        stack.push(new Int(BigInteger.valueOf(value)));
    }

    private boolean text(int opcode) throws PickleRefusal {
        switch (opcode) {
            case 0x8c -> stack.push(new Text(in.text(in.u1())));
            case 'X' -> stack.push(new Text(in.text(in.length4())));
            case 0x8d -> stack.push(new Text(in.text(in.length8())));
            case 'V' -> stack.push(PickleText.rawUnicode(in.line()));
            case 'C' -> stack.push(new Bytes(in.take(in.u1()), "bytes"));
            case 'B' -> stack.push(new Bytes(in.take(in.length4()), "bytes"));
            case 0x8e -> stack.push(new Bytes(in.take(in.length8()), "bytes"));
            case 0x96 -> stack.push(new Bytes(in.take(in.length8()), "bytearray"));
            case 'U' -> stack.push(PickleText.asciiString(in.take(in.u1())));
            case 'T' -> stack.push(PickleText.asciiString(in.take(in.length4())));
            case 'S' -> stack.push(PickleText.quoted(in.line()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) throws PickleRefusal {
        switch (opcode) {
            case ']' -> stack.push(Items.of("list"));
            case ')' -> stack.push(Items.of("tuple"));
            case 0x8f -> stack.push(Items.of("set"));
            case '}' -> stack.push(new Dict(new ArrayList<>()));
            case 'l' -> stack.push(new Items("list", stack.popToMark()));
            case 't' -> stack.push(new Items("tuple", stack.popToMark()));
            case 0x91 -> stack.push(new Items("frozenset", stack.popToMark()));
            case 'd' -> stack.push(new Dict(pairs(stack.popToMark())));
            case 0x85, 0x86, 0x87 -> stack.push(tuple(opcode - 0x84));
            case 'a' -> add("list", List.of(stack.popValue()));
            case 'e' -> add("list", stack.popToMark());
            case 0x90 -> add("set", stack.popToMark());
            case 's' -> {
                PickleNode value = stack.popValue();
                put(List.of(stack.popValue(), value));
            }
            case 'u' -> put(pairs(stack.popToMark()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean housekeeping(int opcode) throws PickleRefusal {
        switch (opcode) {
            case 0x80 -> version(in.u1());
            case 0x95 -> in.i8();
            case '(' -> stack.push(Mark.MARK);
            case '0' -> stack.pop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.top());
            case 0x94 -> stack.memoize();
            case 'q' -> stack.put(in.u1());
            case 'r' -> stack.put(in.length4());
            case 'p' -> stack.put(PickleText.index(in.line()));
            case 'h' -> stack.get(in.u1());
            case 'j' -> stack.get(in.length4());
            case 'g' -> stack.get(PickleText.index(in.line()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void version(int protocol) throws PickleRefusal {
        if (protocol > 5) {
            throw PickleRefusal.malformed("its protocol is " + protocol + ", 0 to 5 are known");
        }
    }

    private Items tuple(int size) throws PickleRefusal {
        List<PickleNode> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(stack.popValue());
        }
        Collections.reverse(items);
        return new Items("tuple", items);
    }

    private void add(String type, List<PickleNode> values) throws PickleRefusal {
        if (!(stack.top() instanceof Items items) || !items.type().equals(type)) {
            throw notA(type);
        }
        items.items().addAll(values);
    }

    private void put(List<PickleNode> keysAndValues) throws PickleRefusal {
        if (!(stack.top() instanceof Dict dict)) {
            throw notA("dict");
        }
        dict.flat().addAll(keysAndValues);
    }

    /** Items added to an object would run the object's own code. */
    private PickleRefusal notA(String type) throws PickleRefusal {
        return stack.top() instanceof PickleNode.Instance instance
                ? PickleRefusal.code("it adds items through code of the class " + instance.type())
                : PickleRefusal.malformed("items are added to something that is not a " + type);
    }

    private static List<PickleNode> pairs(List<PickleNode> values) throws PickleRefusal {
        if (values.size() % 2 != 0) {
            throw PickleRefusal.malformed("a dict has a key without a value");
        }
        return values;
    }
}
