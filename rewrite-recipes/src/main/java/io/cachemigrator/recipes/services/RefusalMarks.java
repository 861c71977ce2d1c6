package io.cachemigrator.recipes.services;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Tree;
import org.openrewrite.internal.ListUtils;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Comment;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TextComment;
import org.openrewrite.marker.Markers;

/** Writes a comment above each statement that stays because of a use in it, unless it is there already. */
public final class RefusalMarks extends JavaVisitor<ExecutionContext> {
    private static final String KEY = "cache-migrator";

    private final Map<UUID, String> marks;

    /** With the text for each use, by the id of its tree. */
    public RefusalMarks(Map<UUID, String> marks) {
        this.marks = Map.copyOf(marks);
    }

    @Override
    public Space visitSpace(@Nullable Space space, Space.Location location, ExecutionContext ctx) {
        return space == null ? Space.EMPTY : space;
    }

    @Override
    public @Nullable J preVisit(J tree, ExecutionContext ctx) {
        String mark = marks.get(tree.getId());
        if (mark != null) {
            statement()
                    .computeMessageIfAbsent(KEY, key -> new TreeSet<String>())
                    .add(mark);
        }
        return tree;
    }

    /** The innermost statement of a block, or member of a class, around the cursor. */
    private Cursor statement() {
        Cursor cursor = getCursor();
        while (true) {
            Cursor parent = cursor.getParentTreeCursor();
            if (parent.getValue() instanceof J.Block
                    || parent.getValue() instanceof J.Case
                    || parent.getValue() instanceof J.CompilationUnit
                    || parent.isRoot()) {
                return cursor;
            }
            cursor = parent;
        }
    }

    @Override
    public @Nullable J postVisit(J tree, ExecutionContext ctx) {
        Set<String> texts = getCursor().getMessage(KEY);
        if (texts == null || !(getCursor().getValue() instanceof Tree)) {
            return tree;
        }
        J marked = tree;
        for (String text : texts) {
            marked = mark(marked, " " + KEY + ": " + text);
        }
        return marked;
    }

    private static J mark(J tree, String text) {
        Space prefix = tree.getPrefix();
        boolean marked = prefix.getComments().stream()
                .anyMatch(comment -> comment instanceof TextComment written
                        && written.getText().strip().equals(text.strip()));
        if (marked) {
            return tree;
        }
        List<Comment> comments = prefix.getComments();
        String before = comments.isEmpty()
                ? prefix.getWhitespace()
                : comments.get(comments.size() - 1).getSuffix();
        String line = before.substring(Math.max(0, before.lastIndexOf('\n')));
        String suffix = before.contains("\r\n") ? "\r" + line : line.startsWith("\n") ? line : "\n";
        Comment comment = new TextComment(false, text, suffix, Markers.EMPTY);
        return tree.withPrefix(prefix.withComments(ListUtils.concat(comments, comment)));
    }
}
