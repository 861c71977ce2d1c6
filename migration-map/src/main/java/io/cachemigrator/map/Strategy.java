package io.cachemigrator.map;

/** What becomes of a key space. */
public enum Strategy {
    /** The value is carried over as it is, or as the JSON form of what it holds. */
    COPY("copy"),
    /** The key or the value changes by a named transform. */
    TRANSFORM("transform"),
    /** Not carried over: the application computes it again. */
    RECOMPUTE("recompute"),
    /** Not carried over and not needed again. */
    DROP("drop");

    private final String text;

    Strategy(String text) {
        this.text = text;
    }

    /** The name as a migration map writes it. */
    @Override
    public String toString() {
        return text;
    }
}
