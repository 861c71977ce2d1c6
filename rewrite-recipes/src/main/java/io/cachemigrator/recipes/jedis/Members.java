package io.cachemigrator.recipes.jedis;

import io.cachemigrator.recipes.exchange.Types;
import io.cachemigrator.recipes.services.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.JavaType;

/** Which members of a replaced type have a counterpart. */
final class Members {
    private Members() {}

    /**
     * Why a call, a construction or a reference stays; null when it need not.
     *
     * @param type the name of the type that it is called on, or that is made
     * @param method what is called
     * @param arguments as they are written; empty for a reference
     */
    static @Nullable Refusal refusal(String type, JavaType.Method method, List<Expression> arguments) {
        String replacement = JedisTypes.renames().get(type);
        if (replacement == null) {
            return null;
        }
        String name = method.isConstructor() ? "<init>" : method.getName();
        Set<String> known = JedisTypes.MEMBERS.getOrDefault(replacement, Set.of());
        if (known.contains(name + parameters(method, arguments))) {
            return null;
        }
        if (method.getParameterTypes().stream().anyMatch(Members::isBytes)) {
            return JedisRefusals.BINARY;
        }
        if (replacement.equals(JedisTypes.POOL_CONFIG)) {
            return JedisRefusals.POOL_SETTING;
        }
        if (replacement.equals(JedisTypes.OPTIONS)) {
            return JedisRefusals.WRITE_OPTION;
        }
        return Set.of("<init>", "create", "builder").contains(name)
                ? JedisRefusals.CONSTRUCTION
                : JedisRefusals.command(name);
    }

    private static boolean isBytes(JavaType type) {
        return type == JavaType.Primitive.Byte
                || (type instanceof JavaType.Array array && isBytes(array.getElemType()));
    }

    /** Simple names of the parameters' types; where a library's own will do, of the arguments' types. */
    private static String parameters(JavaType.Method method, List<Expression> arguments) {
        List<String> names = new ArrayList<>();
        List<JavaType> types = method.getParameterTypes();
        for (int i = 0; i < types.size(); i++) {
            String name = simple(types.get(i));
            boolean general = Set.of("", "Object", "GenericObjectPoolConfig").contains(name);
            names.add(
                    general && types.size() == arguments.size()
                            ? simple(arguments.get(i).getType())
                            : name);
        }
        return "(" + String.join(",", names) + ")";
    }

    private static String simple(@Nullable JavaType type) {
        if (type == JavaType.Primitive.Int) {
            return "long";
        }
        if (type instanceof JavaType.Primitive primitive) {
            return primitive == JavaType.Primitive.String ? "String" : primitive.getKeyword();
        }
        if (type instanceof JavaType.Array array) {
            return simple(array.getElemType()) + "[]";
        }
        String name = Types.name(type);
        return name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
    }
}
