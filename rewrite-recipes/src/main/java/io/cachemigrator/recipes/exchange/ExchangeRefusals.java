package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.services.Refusal;

/** Why a use stays, for reasons that are the same in every family. */
final class ExchangeRefusals {
    static final Refusal MIXED_TRY = new Refusal(
            "MIXED_TRY",
            "What is caught may come from a cache or from other code that is called here. Put the cache's call into a try of its own.");
    static final Refusal EXCEPTION_CHECK = new Refusal(
            "EXCEPTION_CHECK",
            "The type of a failure is asked for outside a catch around the cache's call. Ask for its cause instead.");
    static final Refusal REFLECTION = new Refusal(
            "RAW_REFLECTION", "The class is looked into at run time, by its name or its members. Change that first.");
    static final Refusal NAME_TAKEN = new Refusal(
            "NAME_TAKEN",
            "The file has another type with the name of a replacement. Rename that, or write it in full.");
    static final Refusal SAME_SIGNATURE = new Refusal(
            "SAME_SIGNATURE",
            "Two methods differ in nothing but types that have one replacement. Rename one of them, or remove it.");
    static final Refusal UNKNOWN_TYPE = new Refusal(
            "UNKNOWN_TYPE", "The types of the call could not be found. Put its libraries on the class path.");

    private ExchangeRefusals() {}

    /** A file that a caller of the recipe keeps, such as one that would not compile. */
    static Refusal kept(String why) {
        return new Refusal("DOES_NOT_COMPILE", why);
    }
}
