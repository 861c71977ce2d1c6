package io.cachemigrator.recipes.services;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A legacy type and what becomes of its members.
 *
 * @param name fully qualified name
 * @param replacement fully qualified name of what replaces it; null when nothing does
 * @param bridge accessor that hands out the new object behind a legacy one; null when there is none
 * @param construction what becomes of its constructors
 * @param members what becomes of its methods and constants, by name
 */
public record LegacyType(
        String name,
        @Nullable String replacement,
        @Nullable String bridge,
        Member construction,
        Map<String, Member> members) {

    /** What becomes of a member. */
    public sealed interface Member {}

    /** It keeps its name. */
    public record Same() implements Member {}

    /**
     * It has another name.
     *
     * @param newName the name
     */
    public record Renamed(String newName) implements Member {}

    /**
     * Nothing replaces it.
     *
     * @param advice what to do instead, a sentence
     */
    public record Gone(String advice) implements Member {}

    /** Its calls are taken apart one by one. */
    public enum Special implements Member {
        /** The family's own rules say what becomes of it. */
        OWN,
        /** Hands out the new object behind the legacy one. */
        BRIDGE,
        /** Makes a service. */
        OPEN,
        /** Makes a manager over a service. */
        OVER_SERVICE,
        /** Makes options from three values. */
        OPTIONS,
        /** Looks a response up, with one of several kinds of further arguments. */
        HTTP_GET,
        /** Takes a time to live that must not be zero, or reads it. */
        TTL,
        /** Asks whether the write depends on an absent entry. */
        IF_ABSENT,
        /** Asks whether the write depends on a present entry. */
        IF_PRESENT
    }

    /** The name without its package. */
    public String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    Member member(String memberName) {
        Member member = members.get(memberName);
        if (member != null) {
            return member;
        }
        return switch (memberName) {
            case "equals", "hashCode", "toString", "getClass", "wait", "notify", "notifyAll" -> new Same();
            default -> new Gone("Change the call by hand.");
        };
    }
}
