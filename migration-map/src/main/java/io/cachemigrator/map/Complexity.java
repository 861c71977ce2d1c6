package io.cachemigrator.map;

/** How hard a change by hand, or the review of an automatic one, is. */
public enum Complexity {
    /** Mechanical. */
    LOW("low"),
    /** Needs a look at the surroundings. */
    MEDIUM("medium"),
    /** Needs a decision. */
    HIGH("high");

    private final String text;

    Complexity(String text) {
        this.text = text;
    }

    /** The name as a migration map writes it. */
    @Override
    public String toString() {
        return text;
    }
}
