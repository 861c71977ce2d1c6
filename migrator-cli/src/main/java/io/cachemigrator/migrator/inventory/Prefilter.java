package io.cachemigrator.migrator.inventory;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Tells which sources can hold a legacy use, so that the others need not be read in full.
 *
 * <p>A source that names a legacy type has the name of the type's package in it: in an import, in full, or as its own package. One that
 * names none can still use what others hand out: then it has the name of a member whose declaration names a legacy type, or of a class
 * made from one. Such names are collected from the sources that are in already, until no more come in. A map that is filled on a miss
 * is told by the names of the methods that fill it.
 */
final class Prefilter {
    private static final List<String> FILLS = List.of("put", "putIfAbsent");
    private static final List<String> LOOKS = List.of("get", "containsKey");
    private static final List<String> PATTERNS = List.of("computeIfAbsent", "removeEldestEntry");

    private final LegacyIndex index;
    private final SourceText texts = new SourceText();

    Prefilter(LegacyIndex index) {
        this.index = index;
    }

    /**
     * Sources that can hold a legacy use, by path.
     *
     * @param all every one
     * @param named those that name a legacy type, or what hands one out: there a type that is not known may be legacy
     */
    record Candidates(Set<String> all, Set<String> named) {}

    /**
     * The sources that can hold a legacy use.
     *
     * @param parse makes trees of sources, without types; null for one that is no correct Java
     */
    Candidates candidates(List<JavaFile> files, Function<Collection<JavaFile>, Collection<CompilationUnitTree>> parse) {
        Map<String, JavaFile> rest = new HashMap<>();
        Map<String, JavaFile> fresh = new HashMap<>();
        for (JavaFile file : files) {
            (namesLegacy(file.text()) ? fresh : rest).put(file.path(), file);
        }
        Set<String> in = new TreeSet<>(fresh.keySet());
        Names names = new Names();
        Map<String, JavaFile> looked = new HashMap<>(fresh);
        while (!fresh.isEmpty()) {
            int before;
            Collection<CompilationUnitTree> trees = parse.apply(looked.values());
            do { // a class may be made from one that is found after it
                before = names.size();
                trees.forEach(tree -> tree.accept(new Exposed(tree, names), null));
            } while (names.size() > before);
            fresh = new HashMap<>();
            for (JavaFile file : List.copyOf(rest.values())) {
                if (SourceText.hasWord(file.text(), names.all())) {
                    fresh.put(file.path(), file);
                    rest.remove(file.path());
                }
            }
            in.addAll(fresh.keySet());
            looked.putAll(fresh);
        }
        Set<String> all = new TreeSet<>(in);
        if (index.hasPatterns()) {
            rest.values().stream().filter(file -> mayFill(file.text())).forEach(file -> all.add(file.path()));
        }
        return new Candidates(all, in);
    }

    private boolean namesLegacy(String text) {
        return index.packageNames().stream().anyMatch(name -> texts.mentions(text, name));
    }

    private static boolean mayFill(String text) {
        return SourceText.hasWord(text, PATTERNS)
                || (SourceText.hasWord(text, FILLS) && SourceText.hasWord(text, LOOKS));
    }

    /** Names of members that hand out legacy values, and of classes made from legacy types. */
    private static final class Names {
        private final Set<String> members = new HashSet<>();
        private final Set<String> classes = new HashSet<>();

        Set<String> all() {
            Set<String> all = new HashSet<>(members);
            all.addAll(classes);
            return all;
        }

        int size() {
            return members.size() + classes.size();
        }
    }

    /** Finds what a source shows of legacy types to others. */
    private final class Exposed extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Names names;
        private final Set<String> legacy = new HashSet<>();
        private boolean everything;

        Exposed(CompilationUnitTree tree, Names names) {
            this.names = names;
            String own =
                    tree.getPackageName() == null ? "" : tree.getPackageName().toString();
            everything = index.isLegacyPackage(own);
            for (ImportTree each : tree.getImports()) {
                String name = each.getQualifiedIdentifier().toString();
                String parent = name.substring(0, Math.max(0, name.lastIndexOf('.')));
                if (name.endsWith(".*")) {
                    everything |= index.isLegacyPackage(parent) || index.of(parent) != null;
                } else if (index.of(name) != null) {
                    legacy.add(name.substring(name.lastIndexOf('.') + 1));
                }
            }
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            String name = type.getSimpleName().toString();
            boolean made = isLegacy(type.getExtendsClause())
                    || type.getImplementsClause().stream().anyMatch(this::isLegacy)
                    || type.getTypeParameters().stream().anyMatch(this::isLegacy);
            if (made && !name.isEmpty()) {
                names.classes.add(name);
            }
            for (Tree member : type.getMembers()) {
                if (member instanceof MethodTree method) {
                    method(method, name);
                } else if (member instanceof VariableTree field && isLegacy(field.getType())) {
                    boolean component = type.getKind() == Tree.Kind.RECORD; // its accessor is not private
                    show(
                            field.getName().toString(),
                            component ? Set.of() : field.getModifiers().getFlags());
                }
            }
            return super.visitClass(type, null);
        }

        private void method(MethodTree method, String owner) {
            boolean shows = isLegacy(method.getReturnType())
                    || method.getParameters().stream().anyMatch(each -> isLegacy(each.getType()))
                    || method.getTypeParameters().stream().anyMatch(this::isLegacy);
            if (shows) {
                String name = method.getName().toString();
                show(name.equals("<init>") ? owner : name, method.getModifiers().getFlags());
            }
        }

        private void show(String name, Set<Modifier> flags) {
            if (!flags.contains(Modifier.PRIVATE)) {
                names.members.add(name);
            }
        }

        private boolean isLegacy(@Nullable Tree tree) {
            if (tree == null) {
                return false;
            }
            Boolean found = tree.accept(new Mentions(), null);
            return found != null && found;
        }

        /** Whether a legacy type, or a class made from one, is somewhere in a type. */
        private final class Mentions extends TreeScanner<Boolean, @Nullable Void> {
            @Override
            public Boolean visitIdentifier(IdentifierTree name, @Nullable Void nothing) {
                String text = name.getName().toString();
                return everything || legacy.contains(text) || names.classes.contains(text);
            }

            @Override
            public Boolean visitMemberSelect(MemberSelectTree select, @Nullable Void nothing) {
                String text = select.toString();
                return index.of(text) != null
                        || names.classes.contains(select.getIdentifier().toString())
                        || Boolean.TRUE.equals(super.visitMemberSelect(select, null));
            }

            @Override
            public Boolean reduce(@Nullable Boolean one, @Nullable Boolean other) {
                return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other);
            }
        }
    }
}
