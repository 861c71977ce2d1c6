package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.J;

/**
 * What becomes of a use of a member of the family. Immutable.
 *
 * @param refusal why it stays; null when it is rewritten
 * @param adapted what of the old API stays in use when it is rewritten; null when nothing does
 * @param covered names within the use that are rewritten with it and no uses of their own
 */
public record Verdict(@Nullable Refusal refusal, @Nullable Refusal adapted, List<J> covered) {
    /** The use is rewritten, and nothing is left behind. */
    public static final Verdict REWRITTEN = new Verdict(null, null, List.of());

    /** Copies the list. */
    public Verdict {
        covered = List.copyOf(covered);
    }

    /** The use stays for a reason, or is rewritten when that is null. */
    public static Verdict of(@Nullable Refusal refusal) {
        return refusal == null ? REWRITTEN : new Verdict(refusal, null, List.of());
    }

    /** The use is rewritten with something left behind. */
    public static Verdict adapted(Refusal what) {
        return new Verdict(null, what, List.of());
    }
}
