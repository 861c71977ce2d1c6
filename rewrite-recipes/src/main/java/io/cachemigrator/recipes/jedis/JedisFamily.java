package io.cachemigrator.recipes.jedis;

import io.cachemigrator.recipes.exchange.Family;
import io.cachemigrator.recipes.exchange.Throws;
import io.cachemigrator.recipes.exchange.Types;
import io.cachemigrator.recipes.exchange.Verdict;
import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** Jedis, and what text caches have of it. */
final class JedisFamily extends Family {
    private static final String TEXTS = "texts of one server";
    private static final Refusal POOL_SETTING = new Refusal(
            "POOL_SETTING_UNUSED",
            "The setting is taken and changes nothing, as the service keeps and tests its connections itself.");

    private final boolean separateKeys;

    JedisFamily(boolean separateKeys) {
        super(JedisTypes.renames(), List.of(JedisTypes.CLIENTS), List.of(JedisTypes.TEXT));
        this.separateKeys = separateKeys;
    }

    @Override
    public Map<String, String> thrown() {
        return JedisTypes.THROWN;
    }

    @Override
    public Throws thrownBy(JavaType.@Nullable Method method, @Nullable Expression select) {
        return Throwing.kind(method, select);
    }

    /** Clients and pools inherit from classes that are not replaced. */
    @Override
    public String owner(JavaType.Method method, @Nullable Expression select) {
        String of = select == null ? null : Types.name(select.getType());
        return of != null && isReplaced(of) ? of : super.owner(method, select);
    }

    @Override
    public @Nullable Refusal mention(String name) {
        return isReplaced(name) ? null : JedisRefusals.type(Types.shown(name));
    }

    @Override
    public @Nullable Refusal extension(JavaType parent) {
        return isReplaced(Types.name(parent)) ? JedisRefusals.SUBCLASS : null;
    }

    @Override
    public @Nullable Refusal construction(J.NewClass construction, String name) {
        if (!isReplaced(name)) {
            return mention(name);
        }
        if (construction.getBody() != null) {
            return JedisRefusals.SUBCLASS;
        }
        JavaType.Method constructor = construction.getConstructorType();
        return constructor == null
                ? JedisRefusals.CONSTRUCTION
                : Members.refusal(name, constructor, written(construction.getArguments()));
    }

    @Override
    public Verdict call(J.MethodInvocation call, JavaType.Method method, Cursor cursor) {
        String type = owner(method, call.getSelect());
        Refusal refusal = Members.refusal(type, method, written(call.getArguments()));
        if (refusal == null && BoxedResults.losesObject(method, cursor)) {
            return Verdict.of(JedisRefusals.BOXED_RESULT);
        }
        boolean unused = JedisTypes.POOL_CONFIG.equals(renames().get(type))
                && !method.getName().endsWith("MaxTotal");
        return refusal == null && unused ? Verdict.adapted(POOL_SETTING) : Verdict.of(refusal);
    }

    @Override
    public @Nullable Refusal reference(J.MemberReference reference, JavaType.Method method) {
        return Members.refusal(owner(method, reference.getContaining()), method, List.of());
    }

    /** Arguments without the empty one that stands for none. */
    private static List<Expression> written(List<Expression> arguments) {
        return arguments.stream().filter(it -> !(it instanceof J.Empty)).toList();
    }

    @Override
    public Set<String> meetings(String owner, JavaType.Method method) {
        boolean command = JedisTypes.CACHE.equals(renames().get(owner)) && !method.isConstructor();
        return !separateKeys && command && JedisRefusals.meetsTexts(method.getName()) ? Set.of(TEXTS) : Set.of();
    }

    @Override
    public Refusal standIn() {
        return JedisRefusals.STAND_IN;
    }
}
