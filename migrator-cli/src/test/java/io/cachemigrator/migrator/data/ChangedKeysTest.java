package io.cachemigrator.migrator.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changed keys wait in their order, each once, and never more than so many. */
@Tag("CLI-6")
class ChangedKeysTest {
    private final ChangedKeys keys = new ChangedKeys(3);

    private boolean note(String key) {
        return keys.note(key.getBytes(UTF_8));
    }

    private List<String> take(int many) {
        return keys.take(many).stream().map(key -> new String(key, UTF_8)).toList();
    }

    @Test
    void take_givesTheOldestOnce() {
        assertThat(note("a") && note("b") && note("a")).isTrue();
        assertThat(take(5)).containsExactly("a", "b");
        assertThat(take(5)).isEmpty();
    }

    @Test
    void isDoneUpTo_onlyWhatIsCopied() {
        assertThat(note("a") && note("b")).isTrue();
        long noted = keys.noted();
        assertThat(keys.isDoneUpTo(noted)).isFalse();
        assertThat(take(1)).containsExactly("a");
        keys.done();
        assertThat(keys.isDoneUpTo(noted)).as("one waits").isFalse();
        assertThat(take(1)).containsExactly("b");
        assertThat(keys.isDoneUpTo(noted)).as("taken, not copied").isFalse();
        assertThat(note("b")).as("changed again while it is copied").isTrue();
        keys.done();
        assertThat(keys.isDoneUpTo(noted))
                .as("the later change is not waited for")
                .isTrue();
        assertThat(take(1)).containsExactly("b");
    }

    @Test
    void note_tooMany_saysSoAndForgetsThem() {
        assertThat(note("a") && note("b") && note("c")).isTrue();
        assertThat(note("c")).as("known already").isTrue();
        assertThat(note("d")).isFalse();
        assertThat(take(5)).isEmpty();
        assertThat(note("e")).isTrue();
    }
}
