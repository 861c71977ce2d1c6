package io.cachemigrator.migrator.inventory;

import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** What is legacy among the types that the compiler knows. */
final class LegacyElements {
    private final LegacyIndex index;
    private final Types types;

    LegacyElements(LegacyIndex index, Types types) {
        this.index = index;
        this.types = types;
    }

    /** The entry of a type itself; null = it is not legacy. */
    LegacyIndex.@Nullable Entry exactly(TypeElement type) {
        return index.of(type.getQualifiedName().toString());
    }

    /** The entry of a type, or of one that it is made from; null = there is none. */
    LegacyIndex.@Nullable Entry of(TypeElement type) {
        LegacyIndex.Entry own = exactly(type);
        if (own != null) {
            return own;
        }
        for (TypeMirror above : types.directSupertypes(type.asType())) {
            TypeElement parent = element(above);
            if (parent != null && !isObject(parent)) {
                LegacyIndex.Entry entry = of(parent);
                if (entry != null) {
                    return entry;
                }
            }
        }
        return null;
    }

    /** The entry that says something of a member, of a type or of one that it is made from; else the {@linkplain #of type's}. */
    LegacyIndex.@Nullable Entry of(TypeElement type, String member) {
        LegacyIndex.Entry knowing = knowing(type, member);
        return knowing != null ? knowing : of(type);
    }

    private LegacyIndex.@Nullable Entry knowing(TypeElement type, String member) {
        LegacyIndex.Entry own = exactly(type);
        if (own != null
                && own.api().methods().stream().anyMatch(method -> method.name().equals(member))) {
            return own;
        }
        for (TypeMirror above : types.directSupertypes(type.asType())) {
            TypeElement parent = element(above);
            LegacyIndex.Entry entry = parent == null || isObject(parent) ? null : knowing(parent, member);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** The type that a call is about: the receiver's where that is legacy, else the one that declares the method. */
    TypeElement owner(@Nullable TypeElement receiver, TypeElement declaring) {
        return receiver != null && !isObject(declaring) && of(receiver) != null ? receiver : declaring;
    }

    /** The declared type behind a type, without its arguments; null = there is none, or it is unknown. */
    @Nullable
    TypeElement element(@Nullable TypeMirror type) {
        if (type == null || type.getKind() == TypeKind.ERROR || type.getKind() == TypeKind.PACKAGE) {
            return null;
        }
        return types.erasure(type) instanceof DeclaredType declared
                        && declared.getKind() == TypeKind.DECLARED
                        && declared.asElement() instanceof TypeElement element
                ? element
                : null;
    }

    static boolean isObject(TypeElement type) {
        return type.getQualifiedName().contentEquals("java.lang.Object");
    }
}
