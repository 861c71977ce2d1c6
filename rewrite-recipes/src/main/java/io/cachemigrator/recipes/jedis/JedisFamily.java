package io.cachemigrator.recipes.jedis;

import io.cachemigrator.recipes.replace.Family;
import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
    private static final Pattern CLUSTERS = Pattern.compile(".*(Cluster|Shard|Sentinel|Failover|MultiDb).*");
    private static final Pattern TRANSACTIONS = Pattern.compile(".*(Transaction|Pipeline|Response).*");
    private static final Pattern MESSAGES = Pattern.compile(".*PubSub.*");
    private static final Pattern SCANS = Pattern.compile(".*Scan.*");
    private static final Pattern CONNECTIONS =
            Pattern.compile(".*(Config|HostAndPort|Connection|Protocol|Credentials|Ssl|Socket|Client).*");

    private final boolean separateKeys;

    JedisFamily(boolean separateKeys) {
        super(List.of(JedisTypes.CLIENTS), JedisTypes.renames(), JedisTypes.THROWN);
        this.separateKeys = separateKeys;
    }

    @Override
    protected @Nullable Refusal member(String type, JavaType.Method method, List<Expression> arguments, Cursor cursor) {
        Refusal refusal = Members.refusal(type, method, arguments);
        boolean called = cursor.getValue() instanceof J.MethodInvocation;
        return refusal == null && called && BoxedResults.losesObject(method, cursor)
                ? JedisRefusals.BOXED_RESULT
                : refusal;
    }

    @Override
    protected Refusal unreplaced(String type) {
        String name = type.substring(type.lastIndexOf('.') + 1);
        if (CLUSTERS.matcher(name).matches()) {
            return JedisRefusals.CLUSTER;
        } else if (TRANSACTIONS.matcher(name).matches()) {
            return JedisRefusals.TRANSACTION;
        } else if (MESSAGES.matcher(name).matches()) {
            return JedisRefusals.PUB_SUB;
        } else if (SCANS.matcher(name).matches()) {
            return JedisRefusals.KEY_SPACE;
        } else if (CONNECTIONS.matcher(name).matches()) {
            return JedisRefusals.CONSTRUCTION;
        }
        return Refusal.noCounterpart(name, "Write down what it is used for, and do that by hand.");
    }

    @Override
    protected Set<String> meetings(String type, JavaType.Method method) {
        boolean command = JedisTypes.CACHE.equals(renames().get(type)) && !method.isConstructor();
        return !separateKeys && command && JedisRefusals.meetsTexts(method.getName()) ? Set.of(TEXTS) : Set.of();
    }

    @Override
    protected @Nullable Refusal adapted(String type, JavaType.Method method) {
        boolean setting = JedisTypes.POOL_CONFIG.equals(renames().get(type)) && !method.isConstructor();
        return setting && !method.getName().endsWith("MaxTotal") ? POOL_SETTING : null;
    }
}
