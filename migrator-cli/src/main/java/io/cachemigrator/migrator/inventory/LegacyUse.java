package io.cachemigrator.migrator.inventory;

import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.LegacyMethod;
import org.jspecify.annotations.Nullable;

/**
 * A place that uses a legacy cache.
 *
 * @param file path in the project, with forward slashes
 * @param line its line, from 1
 * @param family legacy family
 * @param api what the family's map says of the type
 * @param type the type's name without its package
 * @param member the method or constant, {@code <init>} for construction; null = the type itself
 * @param evidence what shows the use
 * @param comparable whether the compiled class must show the same use
 */
public record LegacyUse(
        String file,
        int line,
        String family,
        LegacyApi api,
        String type,
        @Nullable String member,
        Evidence evidence,
        boolean comparable) {

    /** What shows a use. */
    public enum Evidence {
        /** A source file. */
        SOURCE,
        /** A compiled class alone. */
        BYTECODE
    }

    /** What is used, such as {@code Cache.get}. */
    public String name() {
        return member == null ? type : type + "." + member;
    }

    /** What the map says of the member; null when it says nothing. */
    public @Nullable LegacyMethod method() {
        return api.methods().stream()
                .filter(method -> method.name().equals(member))
                .findFirst()
                .orElse(null);
    }

    /** What takes its place, such as {@code Region.get}; a type alone where no single member does. */
    public String replacement() {
        LegacyMethod method = method();
        String target = api.replacement().substring(api.replacement().lastIndexOf('.') + 1);
        String named = method == null ? null : method.replacement();
        return named == null ? target : named.contains(".") ? named : target + "." + named;
    }

    LegacyUse by(Evidence other) {
        return new LegacyUse(file, line, family, api, type, member, other, comparable);
    }
}
