package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.exchange.FileUses.Use;
import io.cachemigrator.recipes.services.LineIndex;
import io.cachemigrator.recipes.services.Refusal;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.J;

/** Makes uses with their lines, and knows which names were counted already. */
final class Sites {
    private final LineIndex lines;
    private final Set<UUID> handled = new HashSet<>();

    Sites(LineIndex lines) {
        this.lines = lines;
    }

    /** A use at a tree, whose name is not counted again. */
    Use use(J tree, String api, @Nullable Refusal refusal) {
        handle(tree);
        return at(tree, api, refusal);
    }

    /** A use at a tree, whose name may be counted besides. */
    Use at(J tree, String api, @Nullable Refusal refusal) {
        return new Use(tree.getId(), lines.line(tree), api, refusal);
    }

    int line(J tree) {
        return lines.line(tree);
    }

    /** Keeps a name from being counted. */
    void handle(@Nullable J tree) {
        if (tree instanceof J.ParameterizedType parameterized) {
            handle(parameterized.getClazz());
        } else if (tree != null) {
            handled.add(tree.getId());
        }
    }

    boolean isHandled(J tree) {
        return handled.contains(tree.getId());
    }
}
