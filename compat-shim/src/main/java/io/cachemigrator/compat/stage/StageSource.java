package io.cachemigrator.compat.stage;

/** Where the stage is read from. Asked on every call, so it must be cheap. Implementations are thread safe. */
@FunctionalInterface
public interface StageSource {

    /** The stage now. */
    Stage current();

    /** Always the same stage. */
    static StageSource fixed(Stage stage) {
        return () -> stage;
    }
}
