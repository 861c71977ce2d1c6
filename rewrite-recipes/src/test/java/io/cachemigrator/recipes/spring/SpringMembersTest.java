package io.cachemigrator.recipes.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the recipe says that replacements have, and what they have. */
@Tag("REC-3")
class SpringMembersTest {
    private static String signature(Executable member) {
        String name = member.getName().contains(".") ? "<init>" : member.getName();
        return name
                + Arrays.stream(member.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    @Test
    void members_thatTheRecipeKnows_areThere() throws ClassNotFoundException {
        assertThat(SpringFamily.MEMBERS).hasSize(2);
        for (Map.Entry<String, Set<String>> type : SpringFamily.MEMBERS.entrySet()) {
            Class<?> replacement = Class.forName(type.getKey());
            Set<String> there = Stream.<Executable>concat(
                            Arrays.stream(replacement.getMethods()), Arrays.stream(replacement.getConstructors()))
                    .filter(member -> Modifier.isPublic(member.getModifiers()))
                    .map(SpringMembersTest::signature)
                    .collect(Collectors.toSet());
            assertThat(there).as(type.getKey()).containsAll(type.getValue());
        }
    }
}
