package io.cachemigrator.migrator.inventory;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaConstructorReference;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.cachemigrator.migrator.arch.ClassPlaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The legacy uses that compiled classes make, as far as a source can be held against them: calls, constructions and method references.
 * What a compiler adds by itself is left out: calls of a superclass's constructor, closing and iterating, switch tables.
 */
final class CompiledUses {
    /** Calls that loops and resources make without naming them, and switches on constants. */
    static final Set<String> UNNAMED = Set.of("close", "iterator", "ordinal", "values");

    private final LegacyIndex index;
    private final List<CompiledClass> classes = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    private CompiledUses(LegacyIndex index) {
        this.index = index;
    }

    /**
     * A class with what it uses.
     *
     * @param name its name
     * @param source name of its source file, without folder; empty when unknown
     * @param file its class file
     * @param uses its calls and constructions
     * @param types legacy types that it names anywhere
     */
    record CompiledClass(String name, String source, Path file, List<Use> uses, Set<String> types) {
        String packageName() {
            int dot = name.lastIndexOf('.');
            return dot < 0 ? "" : name.substring(0, dot);
        }
    }

    /**
     * A call or construction.
     *
     * @param entry what the map says of the type
     * @param type the type's name without its package
     * @param member method, or {@code <init>}
     * @param line its line; 0 when unknown
     */
    record Use(LegacyIndex.Entry entry, String type, String member, int line) {}

    /** Reads folders one by one, since two modules may have classes of one name. */
    static CompiledUses read(List<Path> places, LegacyIndex index) {
        CompiledUses uses = new CompiledUses(index);
        for (Path place : places) {
            ClassPlaces.Contents contents = ClassPlaces.read(List.of(place));
            contents.classes().forEach(uses::add);
            uses.unreadable.addAll(contents.unreadable());
        }
        return uses;
    }

    List<CompiledClass> classes() {
        return classes;
    }

    /** Names of classes that could not be read. */
    List<String> unreadable() {
        return unreadable;
    }

    private void add(JavaClass type) {
        boolean own = index.of(outermost(type.getName())) != null;
        if (own
                || type.getModifiers().contains(JavaModifier.SYNTHETIC)
                || type.getSource().isEmpty()) {
            return;
        }
        Set<String> types = new TreeSet<>();
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String name =
                    outermost(dependency.getTargetClass().getBaseComponentType().getName());
            if (index.of(name) != null) {
                types.add(name);
            }
        }
        List<Use> uses = new ArrayList<>();
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
            Use use = use(type, access);
            if (use != null) {
                uses.add(use);
            }
        }
        classes.add(new CompiledClass(
                type.getName(),
                type.getSource().get().getFileName().orElse(""),
                Path.of(type.getSource().get().getUri()),
                uses,
                types));
    }

    private @Nullable Use use(JavaClass origin, JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String member = access.getTarget().getName();
        LegacyIndex.Entry entry = index.of(owner.replace('$', '.'));
        boolean above = access instanceof JavaConstructorCall
                && origin.getRawSuperclass()
                        .map(parent -> parent.getName().equals(owner))
                        .orElse(false);
        if (entry == null || above || access instanceof JavaFieldAccess || UNNAMED.contains(member)) {
            return null;
        }
        boolean construction = access instanceof JavaConstructorCall || access instanceof JavaConstructorReference;
        String simple = owner.substring(Math.max(owner.lastIndexOf('.'), owner.lastIndexOf('$')) + 1);
        return new Use(entry, simple, construction ? "<init>" : member, access.getLineNumber());
    }

    private static String outermost(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
