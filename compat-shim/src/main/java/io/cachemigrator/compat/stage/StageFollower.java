package io.cachemigrator.compat.stage;

/** Something in this process that routes calls by the stage. Thread safe. */
interface StageFollower {

    /** Takes up a stage; whether every call is routed by it, so that none that was begun under another is still on its way. */
    boolean follow(Stage stage);

    /** Changes that could not yet be handed over to the other layout. */
    long behind();
}
