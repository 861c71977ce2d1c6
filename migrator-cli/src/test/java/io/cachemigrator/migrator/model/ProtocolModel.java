package io.cachemigrator.migrator.model;

import static io.cachemigrator.migrator.model.ModelState.Field.A_AS_OF;
import static io.cachemigrator.migrator.model.ModelState.Field.A_COUNTS;
import static io.cachemigrator.migrator.model.ModelState.Field.A_DEADLINE;
import static io.cachemigrator.migrator.model.ModelState.Field.A_OVERLAPPED;
import static io.cachemigrator.migrator.model.ModelState.Field.A_SEEN;
import static io.cachemigrator.migrator.model.ModelState.Field.A_STEP;
import static io.cachemigrator.migrator.model.ModelState.Field.A_VALUE;
import static io.cachemigrator.migrator.model.ModelState.Field.B_SEEN;
import static io.cachemigrator.migrator.model.ModelState.Field.B_STEP;
import static io.cachemigrator.migrator.model.ModelState.Field.COPY_DEADLINE;
import static io.cachemigrator.migrator.model.ModelState.Field.COPY_READ;
import static io.cachemigrator.migrator.model.ModelState.Field.COPY_STEP;
import static io.cachemigrator.migrator.model.ModelState.Field.COPY_VALUE;
import static io.cachemigrator.migrator.model.ModelState.Field.LEGACY_DEADLINE;
import static io.cachemigrator.migrator.model.ModelState.Field.LEGACY_VALUE;
import static io.cachemigrator.migrator.model.ModelState.Field.STAGE;
import static io.cachemigrator.migrator.model.ModelState.Field.TARGET_CREATED;
import static io.cachemigrator.migrator.model.ModelState.Field.TARGET_DEADLINE;
import static io.cachemigrator.migrator.model.ModelState.Field.TARGET_KIND;
import static io.cachemigrator.migrator.model.ModelState.Field.TARGET_MIGRATED;
import static io.cachemigrator.migrator.model.ModelState.Field.TARGET_VALUE;
import static io.cachemigrator.migrator.model.ModelState.Field.TIME;
import static io.cachemigrator.migrator.model.ModelState.Field.TORN;
import static io.cachemigrator.migrator.model.ModelState.Field.TRUTH_DEADLINE;
import static io.cachemigrator.migrator.model.ModelState.Field.TRUTH_KNOWN;
import static io.cachemigrator.migrator.model.ModelState.Field.TRUTH_VALUE;
import static io.cachemigrator.migrator.model.ModelState.Field.VERIFIED;

import io.cachemigrator.migrator.model.ModelState.Field;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The copy protocol of decision 0012 for one key: two processes of the application, the copy, changes of the stage, expiry
 * and crashes, step by step as they meet the servers. Every step that the real parts can make is a transition here, in any
 * order. A {@link Flaw} takes one of the rules out.
 */
final class ProtocolModel {
    private static final int LEGACY = 0;
    private static final int DUAL_WRITE = 1;
    private static final int CONSOLIDATED = 3;
    private static final int NOTHING = 0;
    private static final int ENTRY = 1;
    private static final int TOMBSTONE = 2;
    private static final int FOREIGN = 3;

    private final int lastTime;
    private final Set<Flaw> flaws;

    /** A rule that is left out. */
    enum Flaw {
        /** The copy writes whatever is there. */
        COPY_OVERWRITES,
        /** The copy stamps what it has read with the time of writing. */
        COPY_STAMPS_LATE,
        /** A deletion that is mirrored leaves no tombstone. */
        NO_TOMBSTONES,
        /** A new deadline is set on the other side only where there is an entry, and takes none of its value over. */
        DEADLINES_AS_COMMANDS,
        /** Nobody looks again after handing a state over. */
        NO_CONFIRMATION,
        /** The stage moves on before every process has seen the last change. */
        STAGE_DOES_NOT_WAIT,
        /** The roll-out begins without a comparison. */
        NO_VERIFICATION,
        /** Bytes that are no entry are taken for an old entry. */
        FOREIGN_OVERWRITTEN,
        /** A rollback goes to LEGACY at once. */
        ROLLBACK_SKIPS_DUAL_WRITE,
        /** The consolidated stage does not write the legacy layout. */
        NO_MIRROR_BACK,
        /** An entry that has expired is gone at once, and with it the knowledge that it was newer. */
        EXPIRY_LEAVES_NOTHING,
        /** The copy adds to what is there, as a counter that is copied by an increment. */
        COPY_ADDS_UP
    }

    /**
     * With bounds.
     *
     * @param lastTime how many changes there may be, at most 7
     */
    ProtocolModel(int lastTime, Set<Flaw> flaws) {
        this.lastTime = lastTime;
        this.flaws = flaws.isEmpty() ? EnumSet.noneOf(Flaw.class) : EnumSet.copyOf(flaws);
    }

    private boolean has(Flaw flaw) {
        return flaws.contains(flaw);
    }

    /** An entry in the legacy layout; nothing, or somebody else's bytes, where its copy goes. */
    List<ModelState> initial() {
        ModelState entry = ModelState.ZERO
                .with(TIME, 1)
                .with(LEGACY_VALUE, 1)
                .with(LEGACY_DEADLINE, 1)
                .with(TRUTH_KNOWN, 1)
                .with(TRUTH_VALUE, 1)
                .with(TRUTH_DEADLINE, 1);
        return List.of(entry, entry.with(TARGET_KIND, FOREIGN));
    }

    /** A step and the state after it. */
    record Step(String name, ModelState after) {}

    /** Every step that may come next. */
    List<Step> steps(ModelState s) {
        List<Step> steps = new ArrayList<>();
        for (int process = 0; process < 2; process++) {
            process(s, process, steps);
        }
        copy(s, steps);
        stage(s, steps);
        expiry(s, steps);
        return steps;
    }

    // --- the application

    private void process(ModelState s, int p, List<Step> steps) {
        String name = p == 0 ? "A " : "B ";
        switch (s.get(A_STEP.of(p))) {
            case 0 -> {
                if (s.get(TIME) < lastTime) {
                    steps.add(new Step(name + "puts", changed(s, p, 'p')));
                    steps.add(new Step(name + "deletes", changed(s, p, 'd')));
                    steps.add(new Step(name + "renews", changed(s, p, 'r')));
                }
                if (s.get(A_SEEN.of(p)) != s.get(STAGE)) {
                    steps.add(new Step(name + "sees the stage", s.with(A_SEEN.of(p), s.get(STAGE))));
                }
            }
            case 1 -> steps.add(new Step(name + "reads the state", read(s, p)));
            case 2 -> steps.add(new Step(name + "hands it over", handedOver(s, p)));
            default -> steps.add(new Step(name + "looks again", confirmed(s, p)));
        }
        if (s.get(A_STEP.of(p)) != 0) {
            steps.add(new Step(name + "dies", died(s, p)));
        }
    }

    private ModelState changed(ModelState s, int p, char change) {
        int seen = s.get(A_SEEN.of(p));
        boolean target = seen == CONSOLIDATED;
        int now = s.get(TIME) + 1;
        boolean other = s.get(A_STEP.of(1 - p)) != 0;
        ModelState after = target ? changeTarget(s, change, now) : changeLegacy(s, change, now);
        after = after.with(TIME, now).with(A_COUNTS.of(p), target ? 1 : 0).with(A_OVERLAPPED.of(p), other ? 1 : 0);
        if (other) {
            after = after.with(A_OVERLAPPED.of(1 - p), 1);
        }
        after = after.with(TRUTH_KNOWN, 0).with(TRUTH_VALUE, 0).with(TRUTH_DEADLINE, 0);
        boolean mirrors = seen != LEGACY && !(target && has(Flaw.NO_MIRROR_BACK));
        return mirrors ? after.with(A_STEP.of(p), 1) : acknowledged(after, p);
    }

    private static ModelState changeLegacy(ModelState s, char change, int now) {
        return switch (change) {
            case 'p' -> s.with(LEGACY_VALUE, now).with(LEGACY_DEADLINE, now);
            case 'd' -> s.with(LEGACY_VALUE, 0).with(LEGACY_DEADLINE, 0);
            default -> s.is(LEGACY_VALUE) ? s.with(LEGACY_DEADLINE, now) : s;
        };
    }

    private static ModelState changeTarget(ModelState s, char change, int now) {
        return switch (change) {
            case 'p' -> entry(s, now, now, now, 0);
            case 'd' -> s.get(TARGET_KIND) == TOMBSTONE ? s : nothing(s);
            // a new deadline does not make an entry newer
            default ->
                s.get(TARGET_KIND) == ENTRY ? s.with(TARGET_DEADLINE, now).with(TARGET_MIGRATED, 0) : s;
        };
    }

    private static ModelState entry(ModelState s, int value, int deadline, int created, int migrated) {
        return s.with(TARGET_KIND, ENTRY)
                .with(TARGET_VALUE, value)
                .with(TARGET_DEADLINE, deadline)
                .with(TARGET_CREATED, created)
                .with(TARGET_MIGRATED, migrated);
    }

    private static ModelState nothing(ModelState s) {
        return entry(s, 0, 0, 0, 0).with(TARGET_KIND, NOTHING);
    }

    private static ModelState read(ModelState s, int p) {
        boolean target = s.is(A_COUNTS.of(p));
        return s.with(A_VALUE.of(p), s.get(target ? TARGET_VALUE : LEGACY_VALUE))
                .with(A_DEADLINE.of(p), s.get(target ? TARGET_DEADLINE : LEGACY_DEADLINE))
                .with(A_AS_OF.of(p), s.get(TIME))
                .with(A_STEP.of(p), 2);
    }

    private ModelState handedOver(ModelState s, int p) {
        int value = s.get(A_VALUE.of(p));
        int deadline = s.get(A_DEADLINE.of(p));
        ModelState after = s.is(A_COUNTS.of(p))
                ? s.with(LEGACY_VALUE, value).with(LEGACY_DEADLINE, deadline)
                : applied(s, value, deadline, s.get(A_AS_OF.of(p)), 0);
        return has(Flaw.NO_CONFIRMATION) ? acknowledged(after, p) : after.with(A_STEP.of(p), 3);
    }

    /** The later state wins. Two states of one moment are alike in value; the mirror's comes after the copy's. */
    private ModelState applied(ModelState s, int value, int deadline, int asOf, int migrated) {
        int kind = s.get(TARGET_KIND);
        if (kind == FOREIGN && !has(Flaw.FOREIGN_OVERWRITTEN)) {
            return s;
        }
        boolean asNew = (kind == ENTRY || kind == TOMBSTONE) && s.get(TARGET_CREATED) > asOf;
        boolean unconditional = migrated == 1 && has(Flaw.COPY_OVERWRITES);
        if (asNew && !unconditional) {
            return s;
        }
        if (value == 0) {
            return has(Flaw.NO_TOMBSTONES)
                    ? nothing(s)
                    : entry(s, 0, 0, asOf, migrated).with(TARGET_KIND, TOMBSTONE);
        }
        if (has(Flaw.DEADLINES_AS_COMMANDS) && migrated == 0 && deadline != value) {
            return kind == ENTRY ? s.with(TARGET_DEADLINE, deadline).with(TARGET_MIGRATED, 0) : s;
        }
        return entry(s, value, deadline, asOf, migrated);
    }

    private static ModelState confirmed(ModelState s, int p) {
        boolean target = s.is(A_COUNTS.of(p));
        boolean same = s.get(target ? TARGET_VALUE : LEGACY_VALUE) == s.get(A_VALUE.of(p))
                && s.get(target ? TARGET_DEADLINE : LEGACY_DEADLINE) == s.get(A_DEADLINE.of(p));
        return same ? acknowledged(s, p) : read(s, p);
    }

    /** What was changed alone is what everybody must read from now on. */
    private static ModelState acknowledged(ModelState s, int p) {
        boolean target = s.is(A_COUNTS.of(p));
        ModelState after = idle(s, p);
        if (s.is(A_OVERLAPPED.of(p)) || s.get(A_STEP.of(1 - p)) != 0) {
            return after;
        }
        return after.with(TRUTH_KNOWN, 1)
                .with(TRUTH_VALUE, s.get(target ? TARGET_VALUE : LEGACY_VALUE))
                .with(TRUTH_DEADLINE, s.get(target ? TARGET_DEADLINE : LEGACY_DEADLINE));
    }

    private static ModelState idle(ModelState s, int p) {
        return s.with(A_STEP.of(p), 0)
                .with(A_VALUE.of(p), 0)
                .with(A_DEADLINE.of(p), 0)
                .with(A_AS_OF.of(p), 0)
                .with(A_COUNTS.of(p), 0)
                .with(A_OVERLAPPED.of(p), 0);
    }

    private static ModelState died(ModelState s, int p) {
        ModelState after = idle(s, p)
                .with(TORN, 1)
                .with(TRUTH_KNOWN, 0)
                .with(TRUTH_VALUE, 0)
                .with(TRUTH_DEADLINE, 0);
        // what runs beside it is not known to be alone
        return s.get(A_STEP.of(1 - p)) == 0 ? after : after.with(A_OVERLAPPED.of(1 - p), 1);
    }

    // --- the copy

    private void copy(ModelState s, List<Step> steps) {
        if (s.is(COPY_STEP)) {
            steps.add(new Step("the copy writes", copied(s)));
            steps.add(new Step("the copy dies", uncopied(s)));
        } else if (s.get(STAGE) == DUAL_WRITE && allSeen(s)) {
            steps.add(new Step(
                    "the copy reads",
                    s.with(COPY_STEP, 1)
                            .with(COPY_VALUE, s.get(LEGACY_VALUE))
                            .with(COPY_DEADLINE, s.get(LEGACY_DEADLINE))
                            .with(COPY_READ, s.get(TIME))));
        }
    }

    private static boolean allSeen(ModelState s) {
        return s.get(A_SEEN) == s.get(STAGE) && s.get(B_SEEN) == s.get(STAGE);
    }

    private static ModelState uncopied(ModelState s) {
        return s.with(COPY_STEP, 0).with(COPY_VALUE, 0).with(COPY_DEADLINE, 0).with(COPY_READ, 0);
    }

    private ModelState copied(ModelState s) {
        int asOf = has(Flaw.COPY_STAMPS_LATE) ? s.get(TIME) : s.get(COPY_READ);
        int value = s.get(COPY_VALUE);
        ModelState after = uncopied(s);
        int kind = s.get(TARGET_KIND);
        if (value == 0) {
            // what the legacy layout does not have is removed where a mirror has missed that
            boolean older = kind == ENTRY && s.get(TARGET_CREATED) <= asOf;
            return older ? nothing(after) : after;
        }
        boolean same = kind == ENTRY && s.get(TARGET_VALUE) == value && s.get(TARGET_DEADLINE) == s.get(COPY_DEADLINE);
        if (has(Flaw.COPY_ADDS_UP) && kind == ENTRY) {
            return entry(after, (s.get(TARGET_VALUE) + value) & 7, s.get(COPY_DEADLINE), asOf, 1);
        }
        return same ? after : applied(after, value, s.get(COPY_DEADLINE), asOf, 1);
    }

    // --- the stage

    private void stage(ModelState s, List<Step> steps) {
        boolean waits = !has(Flaw.STAGE_DOES_NOT_WAIT);
        boolean alike = alike(s);
        if (s.get(STAGE) == DUAL_WRITE && allSeen(s) && alike && !s.is(COPY_STEP)) {
            steps.add(new Step(
                    "verification finds both alike", s.with(VERIFIED, 1).with(TORN, 0)));
        }
        if (waits && !allSeen(s)) {
            return;
        }
        int stage = s.get(STAGE);
        boolean ready =
                stage == LEGACY || has(Flaw.NO_VERIFICATION) || (s.is(VERIFIED) && !s.is(COPY_STEP) && !s.is(TORN));
        if (stage < CONSOLIDATED && ready) {
            steps.add(new Step("the stage moves on", s.with(STAGE, stage + 1)));
        }
        if (stage > DUAL_WRITE) {
            int back = has(Flaw.ROLLBACK_SKIPS_DUAL_WRITE) ? LEGACY : DUAL_WRITE;
            steps.add(new Step("rollback", s.with(STAGE, back).with(VERIFIED, 0)));
        }
        if (stage == DUAL_WRITE && !s.is(TORN)) {
            steps.add(new Step("rollback to the end", s.with(STAGE, LEGACY).with(VERIFIED, 0)));
        }
    }

    /** Somebody else's bytes in the place of an entry are a difference, even to nothing. */
    private static boolean alike(ModelState s) {
        if (s.get(TARGET_KIND) == FOREIGN) {
            return false;
        }
        boolean entry = s.get(TARGET_KIND) == ENTRY;
        return s.is(LEGACY_VALUE) == entry
                && (!entry
                        || (s.get(LEGACY_VALUE) == s.get(TARGET_VALUE)
                                && s.get(LEGACY_DEADLINE) == s.get(TARGET_DEADLINE)));
    }

    // --- time

    private void expiry(ModelState s, List<Step> steps) {
        for (Field deadline : List.of(LEGACY_DEADLINE, TARGET_DEADLINE)) {
            if (s.is(deadline)) {
                steps.add(new Step("deadline " + s.get(deadline) + " passes", expired(s, s.get(deadline))));
            }
        }
    }

    /** A deadline is one moment, whoever holds it. */
    private ModelState expired(ModelState s, int deadline) {
        ModelState after = s;
        if (s.get(LEGACY_DEADLINE) == deadline) {
            after = after.with(LEGACY_VALUE, 0).with(LEGACY_DEADLINE, 0);
        }
        if (s.get(TARGET_KIND) == ENTRY && s.get(TARGET_DEADLINE) == deadline) {
            // kept for longer than a copy may have its entry in hand
            after = has(Flaw.EXPIRY_LEAVES_NOTHING)
                    ? nothing(after)
                    : entry(after, 0, 0, s.get(TARGET_CREATED), 0).with(TARGET_KIND, TOMBSTONE);
        }
        if (s.is(TRUTH_KNOWN) && s.get(TRUTH_DEADLINE) == deadline) {
            after = after.with(TRUTH_VALUE, 0).with(TRUTH_DEADLINE, 0);
        }
        if (s.is(COPY_STEP) && s.get(COPY_DEADLINE) == deadline) {
            // written after its deadline, it is gone at once
            after = uncopied(after);
        }
        for (int p = 0; p < 2; p++) {
            if (s.get(A_STEP.of(p)) != 0 && s.get(A_DEADLINE.of(p)) == deadline) {
                after = after.with(A_VALUE.of(p), 0).with(A_DEADLINE.of(p), 0);
            }
        }
        return after;
    }

    // --- the rules

    /** Which rule a state breaks; null = none. */
    @Nullable
    String broken(ModelState s, boolean foreign) {
        if (foreign && s.get(TARGET_KIND) != FOREIGN) {
            return "4 nothing foreign touched";
        }
        if (s.is(COPY_STEP) && !isRepeatable(s)) {
            return "5 repeatable";
        }
        if (s.get(A_STEP) != 0 || s.get(B_STEP) != 0) {
            return null;
        }
        if (s.is(TRUTH_KNOWN)) {
            for (int p = 0; p < 2; p++) {
                String wrong = readBy(s, s.get(A_SEEN.of(p)));
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        boolean both = s.get(A_SEEN) != LEGACY && s.get(B_SEEN) != LEGACY && s.get(STAGE) != LEGACY;
        boolean quiet = !s.is(COPY_STEP) && !s.is(TORN) && s.is(VERIFIED);
        return both && quiet && !alike(s) ? difference(s) : null;
    }

    /** Both layouts were alike, and differ though nothing is under way. */
    private static String difference(ModelState s) {
        if (s.get(STAGE) == CONSOLIDATED) {
            return "6 reversible";
        }
        if (!s.is(LEGACY_VALUE)) {
            return "2 nothing resurrected";
        }
        boolean older = s.get(TARGET_KIND) == ENTRY && s.get(TARGET_VALUE) < s.get(LEGACY_VALUE);
        return older ? "3 newer wins" : "1 nothing lost";
    }

    /** A copy that died after its write does it again. */
    private boolean isRepeatable(ModelState s) {
        ModelState once = copied(s);
        ModelState again = once.with(COPY_STEP, 1)
                .with(COPY_VALUE, s.get(COPY_VALUE))
                .with(COPY_DEADLINE, s.get(COPY_DEADLINE))
                .with(COPY_READ, s.get(COPY_READ));
        return copied(again).equals(once);
    }

    /** What a process at a stage reads must be what was acknowledged last. */
    private static @Nullable String readBy(ModelState s, int seen) {
        boolean target = seen > DUAL_WRITE;
        int value = target ? s.get(TARGET_VALUE) : s.get(LEGACY_VALUE);
        int deadline = target ? s.get(TARGET_DEADLINE) : s.get(LEGACY_DEADLINE);
        if (value == s.get(TRUTH_VALUE) && deadline == s.get(TRUTH_DEADLINE)) {
            return null;
        }
        if (s.get(TRUTH_VALUE) == 0) {
            return "2 nothing resurrected";
        }
        if (value == 0) {
            return target ? "1 nothing lost" : "6 reversible: lost to the legacy layout";
        }
        return value == s.get(TRUTH_VALUE) ? "1 nothing lost: a deadline" : "3 newer wins";
    }
}
