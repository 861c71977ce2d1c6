package io.cachemigrator.map.encoding;

import io.cachemigrator.map.encoding.PickleNode.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stack and the memo of a pickle machine, with a cap on the work that a pickle may cause. */
final class PickleStack {
    private final List<PickleNode> nodes = new ArrayList<>();
    private final Map<Integer, PickleNode> memo = new HashMap<>();
    private final int maxElements;
    private int pushed;

    PickleStack(int maxElements) {
        this.maxElements = maxElements;
    }

    void push(PickleNode node) throws PickleRefusal {
        if (++pushed > maxElements) {
            throw PickleRefusal.tooLarge("it holds more than " + maxElements + " elements");
        }
        nodes.add(node);
    }

    PickleNode pop() throws PickleRefusal {
        if (nodes.isEmpty()) {
            throw PickleRefusal.malformed("the stack is empty");
        }
        return nodes.remove(nodes.size() - 1);
    }

    /** Pops a value; a mark in its place is disorder. */
    PickleNode popValue() throws PickleRefusal {
        PickleNode node = pop();
        if (node == Mark.MARK) {
            throw PickleRefusal.malformed("a mark stands where a value should");
        }
        return node;
    }

    PickleNode top() throws PickleRefusal {
        if (nodes.isEmpty()) {
            throw PickleRefusal.malformed("the stack is empty");
        }
        return nodes.get(nodes.size() - 1);
    }

    /** Pops all values above the topmost mark, and the mark. */
    List<PickleNode> popToMark() throws PickleRefusal {
        int mark = nodes.lastIndexOf(Mark.MARK);
        if (mark < 0) {
            throw PickleRefusal.malformed("a mark is missing");
        }
        List<PickleNode> group = nodes.subList(mark + 1, nodes.size());
        List<PickleNode> values = new ArrayList<>(group);
        nodes.subList(mark, nodes.size()).clear();
        return values;
    }

    void memoize() throws PickleRefusal {
        put(memo.size());
    }

    void put(int index) throws PickleRefusal {
        memo.put(index, top());
    }

    void get(int index) throws PickleRefusal {
        PickleNode node = memo.get(index);
        if (node == null || node == Mark.MARK) {
            throw PickleRefusal.malformed("it refers to something not in its memo");
        }
        push(node);
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }
}
