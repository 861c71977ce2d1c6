package io.cachemigrator.recipes.guava;

import io.cachemigrator.recipes.services.Refusal;

/** Why a use of a Guava cache stays, beside what every family has. */
final class GuavaRefusals {
    static final Refusal SUBCLASS = new Refusal(
            "CACHE_SUBCLASS",
            "A class implements a cache or extends Guava's base of one. Hold a cache in a field instead.");
    static final Refusal SPEC = new Refusal(
            "CACHE_SPEC", "A CacheBuilderSpec has no counterpart. Call CacheBuilder.from(String) with its text.");
    static final Refusal TICKER = new Refusal(
            "TICKER",
            "The ticker is made in place. Put it into a variable first, so that its read method can be given.");
    static final Refusal RELOAD = new Refusal(
            "RELOAD_FUTURE",
            "A reload here is a ListenableFuture, and the new one a CompletableFuture. Return Futures.immediateFuture, or change it by hand.");
    static final Refusal FUNCTION = new Refusal(
            "GUAVA_FUNCTION",
            "The cache is used as a com.google.common.base.Function, which the new one is not. Give its method get instead.");
    static final Refusal METHOD_REFERENCE = new Refusal(
            "METHOD_REFERENCE",
            "The function gives an ImmutableMap, and the new method gives a Map. Write a lambda with ImmutableMap.copyOf.");

    private GuavaRefusals() {}
}
