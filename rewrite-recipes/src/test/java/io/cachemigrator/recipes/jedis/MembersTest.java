package io.cachemigrator.recipes.jedis;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the recipe says that replacements have, and what they have. */
@Tag("REC-3")
class MembersTest {
    private static final Map<String, String> FORMER_NAMES =
            Map.of("TextPoolConfig", "JedisPoolConfig", "SetOptions", "SetParams", "TextCache", "Jedis", "int", "long");

    private static String signature(Executable member) {
        String name = member.getName().contains(".") ? "<init>" : member.getName();
        return name
                + Arrays.stream(member.getParameterTypes())
                        .map(Class::getSimpleName)
                        .map(type -> FORMER_NAMES.getOrDefault(type, type))
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static Set<String> publicMembers(String type) throws ClassNotFoundException {
        Class<?> replacement = Class.forName(type);
        return Stream.<Executable>concat(
                        Arrays.stream(replacement.getDeclaredMethods()),
                        Arrays.stream(replacement.getDeclaredConstructors()))
                .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
                .map(MembersTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void members_ofReplacements_areThoseThatTheRecipeKnows() throws ClassNotFoundException {
        assertThat(JedisTypes.MEMBERS).hasSize(4);
        for (Map.Entry<String, Set<String>> type : JedisTypes.MEMBERS.entrySet()) {
            Set<String> there = publicMembers(type.getKey());
            there.removeIf(signature -> signature.startsWith("over("));
            assertThat(there).as(type.getKey()).containsExactlyInAnyOrderElementsOf(type.getValue());
        }
    }

    @Test
    void kinds_ofCommands_tellWhyTheyStay() {
        Map<String, List<String>> kinds = Map.of(
                "DATA_STRUCTURE", List.of("hget", "lpush", "sadd", "zadd", "xadd", "geoadd", "pfadd", "rpop", "blpop"),
                "TRANSACTION", List.of("multi", "watch", "pipelined"),
                "SCRIPT", List.of("eval", "evalsha", "scriptLoad"),
                "PUB_SUB", List.of("publish", "subscribe", "psubscribe"),
                "KEY_SPACE", List.of("keys", "scan", "flushDB", "flushAll", "rename", "type", "sort", "dbSize"),
                "CONNECTION", List.of("auth", "select", "ping", "quit", "info", "slaveof"),
                "NOT_ATOMIC", List.of("getSet", "getDel", "getEx", "append", "setrange", "msetnx", "incrByFloat"),
                "NO_COUNTERPART", List.of("substr", "getrange"));
        kinds.forEach((code, commands) -> assertThat(commands)
                .allSatisfy(command ->
                        assertThat(JedisRefusals.command(command).code()).isEqualTo(code)));
        assertThat(List.of("hset", "publish", "ping")).noneMatch(JedisRefusals::meetsTexts);
        assertThat(List.of("get", "del", "keys", "eval", "multi", "getSet", "flushAll"))
                .allMatch(JedisRefusals::meetsTexts);
    }
}
