package io.cachemigrator.compat.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHM-3")
class StageTest {

    @Test
    void parse_everyStage_readsWhatTextWrites() {
        List<Stage> all = List.of(
                new Stage.Legacy(),
                new Stage.Shadow(),
                new Stage.DualWrite(),
                new Stage.Canary(1),
                new Stage.Canary(100),
                new Stage.Consolidated());
        assertThat(all)
                .allSatisfy(stage -> assertThat(Stage.parse(stage.text())).isEqualTo(stage));
        assertThat(Stage.parse(" canary(25%) ")).isEqualTo(new Stage.Canary(25));
    }

    @Test
    void parse_anythingElse_saysWhatIsAllowed() {
        for (String text : List.of("", "LEGACY2", "CANARY", "CANARY(0)", "CANARY(101)", "canary(-5)")) {
            assertThatThrownBy(() -> Stage.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Correct the stage");
        }
    }
}
