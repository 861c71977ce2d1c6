package io.cachemigrator.recipes.services;

import java.util.Set;

/**
 * Why a call site is not simply rewritten.
 *
 * @param code a word for programs
 * @param reason a sentence for people
 */
public record Refusal(String code, String reason) {
    static final Refusal INHERITANCE = new Refusal(
            "INHERITANCE", "The replacement is final. Hold it in a field instead of extending the legacy type.");
    static final Refusal LEGACY_SUBTYPE = new Refusal(
            "LEGACY_SUBTYPE", "The file uses a class that extends a legacy type. Replace that inheritance first.");
    static final Refusal CLASS_LITERAL = new Refusal(
            "CLASS_LITERAL",
            "The class is handed over as a value, to be looked up or made at run time. Change what reads it first.");
    static final Refusal MOCKED = new Refusal(
            "MOCKED",
            "The replacement is final, and what stands in for the legacy type has no new one behind it. Use a real cache.");
    static final Refusal CAST = new Refusal(
            "CAST", "The type of the value is only known at run time. Pass the value with its own type instead.");
    static final Refusal SIDE_EFFECT = new Refusal(
            "SIDE_EFFECT", "The replacement drops the third argument, and evaluating it may do something. Inline it.");
    static final Refusal SETTINGS = new Refusal(
            "NO_COUNTERPART",
            "Settings of the roll-out have no counterpart. Open the new cache with its own settings.");
    static final Refusal TTL = new Refusal(
            "TTL_NOT_CONSTANT",
            "Zero means the default in the old API and is an error in the new one. Give a positive constant duration.");
    static final Refusal OPTIONS = new Refusal(
            "OPTIONS_NOT_LITERAL", "Which condition holds is only known at run time. Choose the options by hand.");
    static final Refusal METHOD_REFERENCE =
            new Refusal("METHOD_REFERENCE", "The replacement is no single method. Write a lambda instead.");
    static final Refusal BRIDGED = new Refusal(
            "BRIDGED", "The legacy object stays, and its accessor hands the new one on. Migrate its owner by hand.");
    /** A library wants the type as it is. */
    public static final Refusal EXTERNAL_SIGNATURE = new Refusal(
            "EXTERNAL_SIGNATURE", "A library's method asks for or gives the legacy type. Move the library first.");

    /** Whether a legacy object may be more than it seems, so that the new one behind it is no substitute. */
    boolean hidesMore() {
        return Set.of(INHERITANCE, LEGACY_SUBTYPE, MOCKED, CLASS_LITERAL).contains(this);
    }

    /** Nothing replaces an API. */
    public static Refusal noCounterpart(String api, String advice) {
        return new Refusal("NO_COUNTERPART", api + " has no counterpart. " + advice);
    }

    /** Of a type that nothing replaces. */
    static Refusal unreplaced(LegacyType type) {
        return type.construction() instanceof LegacyType.Gone gone && type.construction() != LegacyTypes.UNMADE
                ? noCounterpart(type.simpleName(), gone.advice())
                : SETTINGS;
    }

    /** What stays because of another place, named in words. */
    public static Refusal shared(String cause) {
        return new Refusal(
                "SHARED_WITH_REFUSED", "Its value is shared with " + cause + ", which stays. Change that place first.");
    }
}
