package io.cachemigrator.recipes.map;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where classes are, for code that names them. */
final class Places {
    private Places() {}

    /** Folders and jars of those of some types that are known here; what is not known has no type in the code. */
    static List<Path> of(List<String> types) {
        Set<Path> places = new LinkedHashSet<>();
        for (String type : types) {
            Path place = of(type);
            if (place != null) {
                places.add(place);
            }
        }
        return new ArrayList<>(places);
    }

    private static @Nullable Path of(String type) {
        try {
            CodeSource source = Class.forName(type, false, Places.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            return source == null ? null : Path.of(source.getLocation().toURI());
        } catch (ClassNotFoundException | LinkageError unknown) {
            return null; // a type of the project: its own compiler judges the code
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("a place of classes is no URI", impossible);
        }
    }
}
