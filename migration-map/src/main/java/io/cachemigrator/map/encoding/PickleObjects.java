package io.cachemigrator.map.encoding;

import io.cachemigrator.map.encoding.PickleNode.Bytes;
import io.cachemigrator.map.encoding.PickleNode.DateTime;
import io.cachemigrator.map.encoding.PickleNode.Global;
import io.cachemigrator.map.encoding.PickleNode.Instance;
import io.cachemigrator.map.encoding.PickleNode.Items;
import io.cachemigrator.map.encoding.PickleNode.Text;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Set;

/** The opcodes that name classes or want code to be run. Names stay names; code is refused. */
final class PickleObjects {
    private static final int PACKED_TIME = 10;
    /** An enum of an application, whose members are texts; the module's name differs from release to release. */
    private static final Set<String> TEXT_ENUMS =
            Set.of("shared.text_processing.TextProcessingOperation", "shared.models.TextProcessingOperation");

    private final PickleInput in;
    private final PickleStack stack;

    PickleObjects(PickleInput in, PickleStack stack) {
        this.in = in;
        this.stack = stack;
    }

    boolean handle(int opcode) throws PickleRefusal {
        switch (opcode) {
            case 'c' -> stack.push(new Global(in.line(), in.line()));
            case 0x93 -> stackGlobal();
            case 0x81 -> newObject();
            case 'b' -> build();
            case 'R' -> reduce();
            case 0x92 -> throw PickleRefusal.code("it creates an object with named arguments");
            case 'i', 'o' -> throw PickleRefusal.code("it calls a class");
            case 0x82, 0x83, 0x84 -> throw PickleRefusal.code("it names a registered extension");
            case 'P', 'Q' -> throw PickleRefusal.code("it refers to an object outside itself");
            case 0x97, 0x98 -> throw PickleRefusal.code("it refers to a buffer outside itself");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void stackGlobal() throws PickleRefusal {
        PickleNode name = stack.popValue();
        PickleNode module = stack.popValue();
        if (!(module instanceof Text moduleText) || !(name instanceof Text nameText)) {
            throw PickleRefusal.malformed("a class is named by something that is no text");
        }
        stack.push(new Global(moduleText.value(), nameText.value()));
    }

    private void newObject() throws PickleRefusal {
        PickleNode arguments = stack.popValue();
        PickleNode type = stack.popValue();
        if (!(type instanceof Global global) || !isTuple(arguments)) {
            throw PickleRefusal.malformed("an object is created from something that is no class");
        }
        stack.push(new Instance(global, ((Items) arguments).items()));
    }

    private void build() throws PickleRefusal {
        PickleNode state = stack.popValue();
        if (!(stack.top() instanceof Instance instance)) {
            throw PickleRefusal.code("it sets the state of something that is no plain object");
        }
        instance.build(state);
    }

    private void reduce() throws PickleRefusal {
        PickleNode arguments = stack.popValue();
        PickleNode called = stack.popValue();
        if (!(called instanceof Global global)) {
            throw PickleRefusal.code("it calls something");
        }
        boolean time = global.module().equals("datetime") && global.name().equals("datetime");
        if (time
                && isTuple(arguments)
                && ((Items) arguments).items().size() == 1
                && ((Items) arguments).items().get(0) instanceof Bytes packed
                && packed.value().length == PACKED_TIME) {
            stack.push(new DateTime(unpack(packed.value())));
            return;
        }
        if (TEXT_ENUMS.contains(global.qualified())
                && isTuple(arguments)
                && ((Items) arguments).items().size() == 1
                && ((Items) arguments).items().get(0) instanceof Text member) {
            stack.push(member);
            return;
        }
        throw PickleRefusal.code("it calls " + printable(global.qualified()));
    }

    private static boolean isTuple(PickleNode node) {
        return node instanceof Items items && items.type().equals("tuple");
    }

    private static LocalDateTime unpack(byte[] b) throws PickleRefusal {
        int year = ((b[0] & 0xff) << 8) | (b[1] & 0xff);
        int month = b[2] & 0x7f; // the top bit marks the second of two equal hours at the end of summer time
        int microseconds = ((b[7] & 0xff) << 16) | ((b[8] & 0xff) << 8) | (b[9] & 0xff);
        if (microseconds > 999_999) {
            throw PickleRefusal.malformed("a date and time is out of range");
        }
        try {
            return LocalDateTime.of(year, month, b[3], b[4], b[5], b[6], microseconds * 1000);
        } catch (DateTimeException outOfRange) {
            throw PickleRefusal.malformed("a date and time is out of range");
        }
    }

    /** A name from hostile input, made safe for a message. */
    static String printable(String name) {
        String safe = name.replaceAll("[^\\x21-\\x7e]", "?");
        return safe.length() > 100 ? safe.substring(0, 100) + "..." : safe;
    }
}
