package io.cachemigrator.recipes.exchange;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** Notes where a file names types of the family, in code and in texts, and where it has the names of replacements. */
final class Mentions {
    private final Family family;
    private final FileUses file;
    private final Sites sites;
    private final Pattern typeName;
    private final Set<J.Identifier> taken = new HashSet<>();

    Mentions(Family family, FileUses file, Sites sites) {
        this.family = family;
        this.file = file;
        this.sites = sites;
        String prefixes = family.packages().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        this.typeName = Pattern.compile("(" + prefixes + ")([a-z]\\w*\\.)*[A-Z][\\w$]*");
    }

    /** Counts the names of replacements that something else has, if the file uses the family at all. */
    void finish() {
        if (!file.isEmpty()) {
            taken.forEach(it -> file.add(sites.use(it, Types.shown(it.getSimpleName()), ExchangeRefusals.NAME_TAKEN)));
        }
    }

    /** A class is declared. */
    void declared(J.Identifier name) {
        if (family.newNames().contains(name.getSimpleName())) {
            taken.add(name);
        }
    }

    /** A name that is no variable. */
    void named(J.Identifier name) {
        String type = Types.name(name.getType());
        if (type != null
                && family.newNames().contains(name.getSimpleName())
                && type.endsWith(name.getSimpleName())
                && !family.isReplacement(type)) {
            taken.add(name);
        }
    }

    /** A text may be the name of a type. */
    void literal(J.Literal literal) {
        if (literal.getValue() instanceof String text && typeName.matcher(text).matches()) {
            file.add(sites.use(literal, Types.shown(text), ExchangeRefusals.REFLECTION));
        }
    }

    /** Counts the name of a type, if a tree is one that matters here. */
    boolean mention(J tree, J.Identifier name) {
        String type = type(tree, name);
        if (type == null || (!family.thrown().containsKey(type) && !family.isOwn(type))) {
            return false;
        }
        if (!sites.isHandled(tree) && !sites.isHandled(name)) {
            if (family.thrown().containsKey(type)) {
                file.checks().add(sites.use(name, Types.shown(type), ExchangeRefusals.EXCEPTION_CHECK));
            } else {
                file.add(sites.use(name, Types.shown(type), family.mention(type)));
            }
        }
        return true;
    }

    /** The type that a tree names; null when it names none. */
    private static @Nullable String type(J tree, J.Identifier name) {
        String whole = tree instanceof J.FieldAccess access ? Types.name(access.getType()) : null;
        String type = whole == null ? Types.name(name.getType()) : whole;
        boolean named = type != null
                && name.getFieldType() == null
                && Types.shown(type).endsWith(name.getSimpleName())
                && type.endsWith(name.getSimpleName());
        return named ? type : null;
    }

    /** The type is only known at run time. */
    void untyped(@Nullable JavaType type) {
        String name = Types.name(type);
        if (name != null && family.ownFailures().contains(name)) {
            file.meetings().add(Groups.OWN_FAILURES);
        } else if (family.within(type)) {
            file.meetings().add(Links.UNTYPED);
        }
    }
}
