package io.cachemigrator.recipes.services;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.PrintOutputCapture;
import org.openrewrite.Tree;
import org.openrewrite.java.JavaPrinter;
import org.openrewrite.java.tree.Comment;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;

/** The line that each element of a file begins on, found by printing the file once. */
public final class LineIndex {
    private final Map<UUID, Integer> lines = new HashMap<>();

    private LineIndex() {}

    /** Of a file. */
    public static LineIndex of(J.CompilationUnit file) {
        LineIndex index = new LineIndex();
        Output output = new Output();
        new JavaPrinter<Integer>() {
            @Override
            public @Nullable J visit(@Nullable Tree tree, PrintOutputCapture<Integer> p) {
                if (tree instanceof J element) {
                    index.lines.putIfAbsent(element.getId(), output.line + newlines(element.getPrefix()));
                }
                return super.visit(tree, p);
            }
        }.visit(file, output);
        return index;
    }

    private static int newlines(Space space) {
        int count = count(space.getWhitespace());
        for (Comment comment : space.getComments()) {
            count += count(comment.printComment(new Cursor(null, Cursor.ROOT_VALUE)));
            count += count(comment.getSuffix());
        }
        return count;
    }

    private static int count(String text) {
        return (int) text.chars().filter(character -> character == '\n').count();
    }

    /** Line from 1; 1 for what is not in the file. */
    public int line(J element) {
        return lines.getOrDefault(element.getId(), 1);
    }

    private static final class Output extends PrintOutputCapture<Integer> {
        private int line = 1;

        Output() {
            super(0);
        }

        @Override
        public PrintOutputCapture<Integer> append(@Nullable String text) {
            if (text != null) {
                line += count(text);
            }
            return this;
        }

        @Override
        public PrintOutputCapture<Integer> append(char character) {
            line += character == '\n' ? 1 : 0;
            return this;
        }
    }
}
