package io.cachemigrator.migrator.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openrewrite.xml.tree.Xml;

/**
 * Tells which sources a build compiles, and for what: those in the folders that the build file of their module names, or one that
 * it inherits from, and those in the folders that are usual. For one project; not thread safe.
 */
final class SourceRoots {
    private static final String MAIN = "src/main/java/";
    private static final String TEST = "src/test/java/";
    private static final String BASE = "${project.basedir}/";

    private final Path root;
    private final Map<String, Optional<Stated>> stated = new HashMap<>();

    SourceRoots(Path root) {
        this.root = root;
    }

    /**
     * What a source is compiled with.
     *
     * @param module folder of its module; empty for the project's own
     * @param test whether it is one of the tests
     * @param folder the folder of the sources, with a slash at its end
     */
    record Place(String module, boolean test, String folder) {}

    /** Folders that a build file names, relative to its own, each with a slash at its end; null = it names none. */
    private record Stated(@Nullable String main, @Nullable String test) {}

    /** The place of a source or of a folder of some; null when no build compiles it. */
    @Nullable
    Place of(String path) {
        String sought = "/" + path;
        int main = sought.indexOf("/" + MAIN);
        int test = sought.indexOf("/" + TEST);
        int at = main >= 0 ? main : test;
        if (at >= 0) {
            String module = at == 0 ? "" : path.substring(0, at - 1);
            return new Place(module, main < 0, path.substring(0, at) + (main < 0 ? TEST : MAIN));
        }
        String module = module(path);
        if (module == null) {
            return null;
        }
        String prefix = module.isEmpty() ? "" : module + "/";
        Stated folders = folders(module);
        String rest = path.substring(prefix.length());
        if (folders.test() != null && rest.startsWith(folders.test())) {
            return new Place(module, true, prefix + folders.test());
        }
        return folders.main() != null && rest.startsWith(folders.main())
                ? new Place(module, false, prefix + folders.main())
                : null;
    }

    /** Whether a source is one of the tests. */
    boolean isTest(String path) {
        Place place = of(path);
        return place != null && place.test();
    }

    /** The innermost folder around a path that has a build file; null when none has. */
    private @Nullable String module(String path) {
        for (String folder = above(path); folder != null; folder = above(folder)) {
            if (own(folder).isPresent()) {
                return folder;
            }
        }
        return null;
    }

    private static @Nullable String above(String path) {
        String name = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return name.isEmpty() ? null : name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    /** What a module's build file names, or the nearest above it in the project. */
    private Stated folders(String module) {
        @Nullable String main = null;
        @Nullable String test = null;
        for (String folder = module; folder != null; folder = above(folder)) {
            Stated own = own(folder).orElse(new Stated(null, null));
            main = main == null ? own.main() : main;
            test = test == null ? own.test() : test;
        }
        return new Stated(main, test);
    }

    private Optional<Stated> own(String folder) {
        return stated.computeIfAbsent(folder, key -> {
            Path pom = root.resolve(key).resolve("pom.xml");
            return Files.isRegularFile(pom) ? Optional.of(read(pom)) : Optional.empty();
        });
    }

    private static Stated read(Path pom) {
        try {
            Xml.Document document = PomDependency.parse(Files.readString(pom, StandardCharsets.ISO_8859_1));
            Xml.Tag build = document == null
                    ? null
                    : document.getRoot().getChild("build").orElse(null);
            return build == null
                    ? new Stated(null, null)
                    : new Stated(folder(build, "sourceDirectory"), folder(build, "testSourceDirectory"));
        } catch (IOException unreadable) {
            return new Stated(null, null); // reading the build itself tells of it
        }
    }

    private static @Nullable String folder(Xml.Tag build, String name) {
        return build.getChildValue(name)
                .map(String::trim)
                .map(value -> value.startsWith(BASE) ? value.substring(BASE.length()) : value)
                .map(value -> value.endsWith("/") ? value : value + "/")
                .orElse(null);
    }
}
