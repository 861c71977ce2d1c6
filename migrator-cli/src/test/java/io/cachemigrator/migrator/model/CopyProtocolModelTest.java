package io.cachemigrator.migrator.model;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.cachemigrator.migrator.model.ModelState.Field;
import io.cachemigrator.migrator.model.ProtocolModel.Flaw;
import io.cachemigrator.migrator.model.ProtocolModel.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The six rules of moving data hold in every state that the protocol can come into, and each part of it is needed. */
@Tag("CLI-7")
@Tag("CLI-10")
@Tag("SHM-3")
class CopyProtocolModelTest {
    private static final int MOST_CHANGES = 5;
    private static final int FEW_CHANGES = 3;
    private static final int ENOUGH_STATES = 1_000_000;
    private static final int WALKS = 20_000;
    private static final int WALK_STEPS = 120;

    @Test
    @DisplayName("every state within reach, at least a million, breaks no rule")
    void protocol_exhaustively_breaksNoRule() {
        ProtocolModel model = new ProtocolModel(MOST_CHANGES, Set.of());
        int states = 0;
        for (ModelState start : model.initial()) {
            Search search = new Search(model, start);
            assertThat(search.run()).isNull();
            states += search.states();
        }
        assertThat(states).isGreaterThanOrEqualTo(ENOUGH_STATES);
    }

    @Test
    @DisplayName("long random walks beyond that break no rule")
    void protocol_inRandomWalks_breaksNoRule() {
        ProtocolModel model = new ProtocolModel(7, Set.of());
        Random random = new Random(20261121);
        for (int walk = 0; walk < WALKS; walk++) {
            List<ModelState> starts = model.initial();
            ModelState state = starts.get(walk % starts.size());
            boolean foreign = state.get(Field.TARGET_KIND) == 3;
            List<String> trace = new ArrayList<>();
            for (int i = 0; i < WALK_STEPS; i++) {
                assertThat(model.broken(state, foreign)).as(trace.toString()).isNull();
                List<Step> steps = model.steps(state);
                if (steps.isEmpty()) {
                    break;
                }
                Step step = steps.get(random.nextInt(steps.size()));
                trace.add(step.name());
                state = step.after();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NO_VERIFICATION, 1",
        "DEADLINES_AS_COMMANDS, 1",
        "STAGE_DOES_NOT_WAIT, 1",
        "NO_TOMBSTONES, 2",
        "EXPIRY_LEAVES_NOTHING, 2",
        "NO_CONFIRMATION, 2",
        "COPY_OVERWRITES, 3",
        "COPY_STAMPS_LATE, 1",
        "FOREIGN_OVERWRITTEN, 4",
        "COPY_ADDS_UP, 5",
        "ROLLBACK_SKIPS_DUAL_WRITE, 1",
        "NO_MIRROR_BACK, 6"
    })
    @DisplayName("without any one part of the protocol, a rule is broken")
    void protocol_withAFlaw_breaksARule(Flaw flaw, String rule) {
        ProtocolModel model = new ProtocolModel(FEW_CHANGES, Set.of(flaw));
        List<String> broken = model.initial().stream()
                .map(start -> new Search(model, start).run())
                .filter(Objects::nonNull)
                .toList();

        assertThat(broken).first(as(STRING)).startsWith(rule);
    }

    @Test
    @DisplayName("every part of the protocol is taken out once")
    void flaws_allOfThem_areTried() throws NoSuchMethodException {
        CsvSource tried = getClass()
                .getDeclaredMethod("protocol_withAFlaw_breaksARule", Flaw.class, String.class)
                .getAnnotation(CsvSource.class);

        assertThat(tried.value())
                .extracting(line -> Flaw.valueOf(line.split(",", 2)[0]))
                .containsOnly(Flaw.values());
    }

    /** Breadth first, so that what it finds is as short as can be. */
    private static final class Search {
        private final ProtocolModel model;
        private final ModelState start;
        private final Map<ModelState, ModelState> before = new HashMap<>();
        private final Deque<ModelState> open = new ArrayDeque<>();

        Search(ProtocolModel model, ModelState start) {
            this.model = model;
            this.start = start;
        }

        int states() {
            return before.size();
        }

        /** The way to a broken rule; null = there is none. */
        @Nullable
        String run() {
            boolean foreign = start.get(Field.TARGET_KIND) == 3;
            before.put(start, start);
            open.add(start);
            while (!open.isEmpty()) {
                ModelState state = open.remove();
                String rule = model.broken(state, foreign);
                if (rule != null) {
                    return rule + " after " + way(state);
                }
                for (Step step : model.steps(state)) {
                    if (before.putIfAbsent(step.after(), state) == null) {
                        open.add(step.after());
                    }
                }
            }
            return null;
        }

        private String way(ModelState end) {
            List<String> names = new ArrayList<>();
            for (ModelState at = end; !at.equals(start); at = before.getOrDefault(at, start)) {
                ModelState after = at;
                model.steps(before.getOrDefault(at, start)).stream()
                        .filter(step -> step.after().equals(after))
                        .findFirst()
                        .ifPresent(step -> names.add(step.name()));
            }
            Collections.reverse(names);
            return names + " " + end;
        }
    }
}
