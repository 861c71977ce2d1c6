package io.cachemigrator.map;

/** Who changes a call site. */
public enum RewriteMode {
    /** A recipe. */
    AUTOMATIC("automatic"),
    /** A person; the map says why. */
    MANUAL("manual");

    private final String text;

    RewriteMode(String text) {
        this.text = text;
    }

    /** The name as a migration map writes it. */
    @Override
    public String toString() {
        return text;
    }
}
