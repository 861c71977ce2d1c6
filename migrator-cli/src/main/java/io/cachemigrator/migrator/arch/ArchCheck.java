package io.cachemigrator.migrator.arch;

import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.validation.architecture.LegacyUses;
import io.cachemigrator.validation.architecture.Ratchet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks through compiled classes for uses of legacy caches, and compares them with those that were accepted. */
public final class ArchCheck {
    private static final List<String> RULES = List.of("no-new-legacy-usage");

    private final Path root;
    private final List<MigrationMap> maps;

    /**
     * Of a project.
     *
     * @param maps say what is legacy
     */
    public ArchCheck(Path root, List<MigrationMap> maps) {
        this.root = root;
        this.maps = maps;
    }

    /** What becomes of the store. */
    public enum Change {
        /** Nothing; where there is none, everything is new. */
        NONE,
        /** It forgets what is gone; where there is none, it is made with all that is there. */
        UPDATE,
        /** It takes over all that is there. */
        ACCEPT
    }

    /**
     * Runs the check.
     *
     * @param classes folders and jars; empty = where the project's build puts them
     * @param store folder of the store
     * @throws MigratorException where there are no classes, or these or the store cannot be read
     */
    public ArchReport run(List<Path> classes, Path store, Change change) {
        List<Path> places = classes.isEmpty() ? ClassPlaces.ofProject(root) : classes;
        requireThere(places);
        ClassPlaces.Contents contents = ClassPlaces.read(places);
        if (contents.classes().isEmpty() && contents.unreadable().isEmpty()) {
            throw none("There is no class in " + places.get(0) + ".");
        }
        LegacyUses uses = LegacyUses.of(contents.classes(), maps);
        try {
            Ratchet before = Ratchet.isIn(store) ? Ratchet.read(store) : null;
            boolean complete = classes.isEmpty() && contents.unreadable().isEmpty();
            boolean accepts = change == Change.ACCEPT || (before == null && change == Change.UPDATE);
            Ratchet.Verdict verdict = before == null
                    ? new Ratchet.Verdict(
                            uses.byKey().values().stream().flatMap(List::stream).toList(), 0)
                    : before.judge(uses, complete);
            if (accepts) {
                (before == null ? Ratchet.accepting(uses) : before.with(uses, complete)).write(store);
            } else if (change == Change.UPDATE && before != null) {
                before.without(uses, complete).write(store);
            }
            return report(contents, uses, verdict, accepts, store);
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The store of accepted uses in " + store + " cannot be used.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Restore " + Ratchet.FILE + " from version control, or name another folder with --store.",
                    e);
        }
    }

    private void requireThere(List<Path> places) {
        if (places.isEmpty()) {
            throw none("There is no target/classes and no build/classes/java/main in " + root + ".");
        }
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw none(place + " does not exist.");
            }
        }
    }

    private static MigratorException none(String why) {
        return new MigratorException(
                ErrorCode.FILE_UNUSABLE,
                "There are no compiled classes to check.",
                why,
                "Compile the project first, or name folders of class files or jars with --classes.");
    }

    private ArchReport report(
            ClassPlaces.Contents contents, LegacyUses uses, Ratchet.Verdict verdict, boolean accepts, Path store) {
        Set<Path> sources = sources();
        return new ArchReport(
                RULES,
                contents.classes().size(),
                uses.count(),
                accepts
                        ? List.of()
                        : verdict.fresh().stream()
                                .map(use -> violation(use, sources))
                                .toList(),
                contents.unreadable(),
                verdict.gone(),
                accepts ? verdict.fresh().size() : 0,
                store.toString());
    }

    private ArchReport.Violation violation(LegacyUses.Use use, Set<Path> sources) {
        return new ArchReport.Violation(
                use.origin(), use.what(), sourceFile(use, sources), use.line(), use.replacement());
    }

    /** Where the usual layout of modules has sources; found once, since there may be very many classes. */
    private Set<Path> sources() {
        Set<Path> sources = new LinkedHashSet<>();
        for (Path classes : ClassPlaces.ofProject(root)) {
            for (Path module = classes.getParent();
                    module != null && module.startsWith(root);
                    module = module.getParent()) {
                sources.add(module.resolve("src/main/java"));
            }
        }
        return sources;
    }

    /** The source's path where it is there; else its package and name. */
    private String sourceFile(LegacyUses.Use use, Set<Path> sources) {
        int dot = use.origin().lastIndexOf('.');
        String folder = dot < 0 ? "" : use.origin().substring(0, dot + 1).replace('.', '/');
        String path = folder + use.file();
        return sources.stream()
                .map(source -> source.resolve(path))
                .filter(Files::isRegularFile)
                .map(source -> root.relativize(source).toString().replace('\\', '/'))
                .findFirst()
                .orElse(path);
    }
}
