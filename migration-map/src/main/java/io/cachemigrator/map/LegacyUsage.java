package io.cachemigrator.map;

/** Which uses of a type are legacy. */
public enum LegacyUsage {
    /** Every use: calls, constructions, and the type's name. */
    ANY("any"),
    /** Only a field of the type that is filled on a miss: {@code computeIfAbsent}, or a look, a test and a put. */
    GET_OR_COMPUTE("get-or-compute"),
    /** Only a subclass that drops its eldest entry. */
    EVICTING_SUBCLASS("evicting-subclass");

    private final String text;

    LegacyUsage(String text) {
        this.text = text;
    }

    /** The name as a migration map writes it. */
    @Override
    public String toString() {
        return text;
    }
}
