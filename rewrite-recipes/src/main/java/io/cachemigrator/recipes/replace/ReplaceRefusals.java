package io.cachemigrator.recipes.replace;

import io.cachemigrator.recipes.services.Refusal;

/** Why a use of a replaced type stays, whatever the family. */
final class ReplaceRefusals {
    static final Refusal SUBCLASS = new Refusal(
            "CACHE_SUBCLASS",
            "A class extends or implements the type, and its replacement is final. Hold it in a field instead.");
    static final Refusal MIXED_TRY = new Refusal(
            "MIXED_TRY",
            "What is caught may come from what is replaced or from other code that is called here. Put the calls into a try of their own.");
    static final Refusal EXCEPTION_CHECK = new Refusal(
            "EXCEPTION_CHECK",
            "The type of a failure is named outside a catch around the calls that may fail so. Catch it there instead.");
    static final Refusal REFLECTION = new Refusal(
            "RAW_REFLECTION",
            "The class is looked into or stood in for at run time, by its name or its literal. Change that first.");
    static final Refusal NAME_TAKEN = new Refusal(
            "NAME_TAKEN",
            "The file has another type with the name of a replacement. Rename that, or write it in full.");
    static final Refusal SAME_SIGNATURE = new Refusal(
            "SAME_SIGNATURE",
            "Two methods differ in nothing but types that have one replacement. Rename one of them, or remove it.");
    static final Refusal UNKNOWN_TYPE = new Refusal(
            "UNKNOWN_TYPE", "The types of the call could not be found. Put its libraries on the class path.");

    private ReplaceRefusals() {}

    /** A file that a caller of the recipe keeps, such as one that would not compile. */
    static Refusal kept(String why) {
        return new Refusal("DOES_NOT_COMPILE", why);
    }
}
