package io.cachemigrator.map;

/** The named changes that a key space with the strategy {@link Strategy#TRANSFORM} can ask for. */
public enum Transform {
    /** A cached HTTP response of any legacy shape becomes the consolidated shape with its tags; damaged values are recovered. */
    HTTP_ENVELOPE("http-envelope"),
    /** A stored answer becomes a precomputed response that keeps the whole legacy map as its payload. */
    PRECOMPUTED_RESPONSE("precomputed-response"),
    /** A counter is added to the counter that it should have been. */
    MERGE_COUNTER("merge-counter"),
    /** An entry under a mistaken key becomes the entry of the right key, where that is free. */
    FOLD_KEY("fold-key");

    private final String text;

    Transform(String text) {
        this.text = text;
    }

    /** The name as a migration map writes it. */
    @Override
    public String toString() {
        return text;
    }
}
