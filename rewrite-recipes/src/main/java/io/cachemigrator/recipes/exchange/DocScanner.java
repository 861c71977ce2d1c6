package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.exchange.FileUses.Use;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.JavadocVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;

/** Finds links in documentation to types that are renamed. They bind nothing. */
final class DocScanner extends JavadocVisitor<FileUses> {
    /** For the documentation of a declaration. */
    DocScanner(Family family, Sites sites, J documented) {
        super(new JavaIsoVisitor<>() {
            @Override
            public Space visitSpace(@Nullable Space space, Space.Location location, FileUses file) {
                return space == null ? Space.EMPTY : space;
            }

            @Override
            public J.Identifier visitIdentifier(J.Identifier name, FileUses file) {
                String type = Types.name(name.getType());
                if (type != null
                        && family.isReplaced(type)
                        && Types.simple(type).equals(name.getSimpleName())) {
                    file.documented().add(new Use(name.getId(), sites.line(documented), Types.shown(type), null));
                }
                return name;
            }
        });
    }
}
