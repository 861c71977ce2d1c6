package io.cachemigrator.recipes.services;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.J;

/** What is particular to a family of legacy types: constructions and calls that no general rule rewrites. Stateless. */
public interface FamilyRules {
    /** Nothing is. */
    FamilyRules NONE = new FamilyRules() {};

    /**
     * A place that a person should look at, and that keeps nothing from being rewritten.
     *
     * @param tree the place
     * @param api what is used there
     * @param why the reason
     */
    record Flag(J tree, String api, Refusal why) {}

    /** Places in a file that are flagged; empty where there are none. */
    default List<Flag> flags(J.CompilationUnit file) {
        return List.of();
    }

    /** Why a whole file that uses the types stays; null when it need not. */
    default @Nullable Refusal file(LegacyTypes types, J.CompilationUnit file) {
        return null;
    }

    /** Why an interface that is implemented stays; null when it need not. */
    default @Nullable Refusal implementation() {
        return null;
    }

    /** Why a constant, or another member that is no method, stays; null when it need not. */
    default @Nullable Refusal constant(LegacyType type, String name) {
        return null;
    }

    /**
     * Why a call stays; null when it need not.
     *
     * @param cursor leads to the call
     */
    default @Nullable Refusal call(LegacyType type, J.MethodInvocation call, Cursor cursor) {
        return null;
    }

    /**
     * Why a construction that is {@link LegacyType.Special#OWN} stays; null when it need not.
     *
     * @param cursor leads to the construction
     */
    default @Nullable Refusal construction(LegacyType type, J.NewClass construction, Cursor cursor) {
        return null;
    }

    /**
     * What takes the place of a call of a member that is {@link LegacyType.Special#OWN}.
     *
     * @param cursor leads to the call
     * @param imports told the types that the result names
     */
    default J rewrite(LegacyType type, J.MethodInvocation call, Cursor cursor, Consumer<String> imports) {
        return call;
    }

    /**
     * What takes the place of a construction that is {@link LegacyType.Special#OWN}.
     *
     * @param cursor leads to the construction
     * @param imports told the types that the result names
     */
    default J rewrite(LegacyType type, J.NewClass construction, Cursor cursor, Consumer<String> imports) {
        return construction;
    }
}
