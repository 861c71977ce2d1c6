package io.cachemigrator.map;

/** What becomes of a legacy configuration key. */
public enum ConfigurationAction {
    /** The value moves to the replacement key, in the same file. */
    RENAME("rename"),
    /** The key stays as it is. */
    KEEP("keep"),
    /** The key has no meaning any more. */
    REMOVE("remove"),
    /** The key stays, and a person decides what becomes of it. */
    REVIEW("review"),
    /** The key is new and gets the value that the map gives. */
    ADD("add");

    private final String text;

    ConfigurationAction(String text) {
        this.text = text;
    }

    /** The name as a migration map writes it. */
    @Override
    public String toString() {
        return text;
    }
}
