package io.cachemigrator.map.encoding;

import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pickle is made of: data and names, never a Java object of a named class. */
sealed interface PickleNode {
    /** The Python type's name. */
    String type();

    /** Where a group of items starts on the stack. */
    enum Mark implements PickleNode {
        MARK;

        @Override
        public String type() {
            return "mark";
        }
    }

    enum None implements PickleNode {
        NONE;

        @Override
        public String type() {
            return "NoneType";
        }
    }

    record Bool(boolean value) implements PickleNode {
        @Override
        public String type() {
            return "bool";
        }
    }

    record Int(BigInteger value) implements PickleNode {
        @Override
        public String type() {
            return "int";
        }
    }

    record Real(double value) implements PickleNode {
        @Override
        public String type() {
            return "float";
        }
    }

    record Text(String value) implements PickleNode {
        @Override
        public String type() {
            return "str";
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // nodes are never compared by value
    record Bytes(byte[] value, String type) implements PickleNode {}

    record DateTime(LocalDateTime value) implements PickleNode {
        @Override
        public String type() {
            return "datetime.datetime";
        }
    }

    /** A class or function by name only. */
    record Global(String module, String name) implements PickleNode {
        String qualified() {
            return module + "." + name;
        }

        @Override
        public String type() {
            return "type";
        }
    }

    /** A list, tuple, set or frozenset; filled while reading. */
    record Items(String type, List<PickleNode> items) implements PickleNode {
        static Items of(String type) {
            return new Items(type, new ArrayList<>());
        }
    }

    /** A dict as alternating keys and values; filled while reading. */
    record Dict(List<PickleNode> flat) implements PickleNode {
        @Override
        public String type() {
            return "dict";
        }
    }

    /** An object as its class's name and its state; the state is set while reading. */
    final class Instance implements PickleNode {
        private final Global of;
        private final List<PickleNode> arguments;
        private @Nullable PickleNode state;

        Instance(Global of, List<PickleNode> arguments) {
            this.of = of;
            this.arguments = arguments;
        }

        List<PickleNode> arguments() {
            return arguments;
        }

        @Nullable
        PickleNode state() {
            return state;
        }

        void build(PickleNode newState) {
            state = newState;
        }

        @Override
        public String type() {
            return of.qualified();
        }
    }
}
