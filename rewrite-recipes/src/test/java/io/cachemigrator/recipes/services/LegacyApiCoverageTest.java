package io.cachemigrator.recipes.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.LegacyMethod;
import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.map.RewriteMode;
import io.cachemigrator.recipes.services.LegacyType.Gone;
import io.cachemigrator.recipes.services.LegacyType.Member;
import io.cachemigrator.recipes.services.LegacyType.Renamed;
import io.cachemigrator.recipes.services.LegacyType.Same;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names in recipes are texts; here they are held against the classes that they name. */
@Tag("REC-1")
class LegacyApiCoverageTest {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    static Stream<LegacyType> types() {
        return LegacyTypes.all().types().stream();
    }

    static Stream<LegacyType> replacedTypes() {
        return types().filter(type -> type.replacement() != null);
    }

    @ParameterizedTest
    @MethodSource("replacedTypes")
    void members_ofALegacyType_areAllRewrittenOrGoneWithAReason(LegacyType type) throws ClassNotFoundException {
        Set<String> expected = publicMethods(Class.forName(type.name()));
        expected.addAll(constants(Class.forName(type.name())));

        assertThat(type.members().keySet()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(type.members().values())
                .allSatisfy(member -> assertThat(member instanceof Gone gone ? gone.advice() : "rewritten")
                        .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("replacedTypes")
    void replacements_ofAMember_existInTheNewType(LegacyType type) throws ClassNotFoundException {
        Class<?> replacement = Class.forName(type.replacement());
        Set<String> present = publicMethods(replacement);
        present.addAll(constants(replacement));

        type.members().forEach((name, member) -> {
            String newName = newName(name, member);
            if (newName != null) {
                assertThat(present).as(type.simpleName() + "." + name).contains(newName);
            }
        });
    }

    private static String newName(String name, Member member) {
        if (member instanceof Renamed renamed) {
            return renamed.newName();
        }
        return member instanceof Same || member == LegacyType.Special.TTL ? name : null;
    }

    @ParameterizedTest
    @MethodSource("replacedTypes")
    void parameters_ofACallThatKeepsItsArguments_areTheSame(LegacyType type) throws ClassNotFoundException {
        Class<?> replacement = Class.forName(type.replacement());
        for (Method old : methods(Class.forName(type.name())).toList()) {
            String newName = newName(old.getName(), type.member(old.getName()));
            if (newName != null && !OF_EVERY_OBJECT.contains(newName)) {
                assertThat(methods(replacement).filter(it -> it.getName().equals(newName)))
                        .as(old.toString())
                        .anyMatch(it -> replaced(old.getParameterTypes()).equals(List.of(it.getParameterTypes())));
            }
        }
    }

    private static List<Class<?>> replaced(Class<?>[] parameters) {
        return Arrays.stream(parameters)
                .<Class<?>>map(parameter -> replacedTypes()
                        .filter(type -> type.name().equals(parameter.getName()))
                        .findFirst()
                        .<Class<?>>map(LegacyApiCoverageTest::replacement)
                        .orElse(parameter))
                .toList();
    }

    private static Class<?> replacement(LegacyType type) {
        try {
            return Class.forName(type.replacement());
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void bridge_ofALegacyType_handsOutItsReplacement(LegacyType type) throws ReflectiveOperationException {
        if (type.bridge() != null) {
            assertThat(Class.forName(type.name()).getMethod(type.bridge()).getReturnType())
                    .isEqualTo(Class.forName(type.replacement()));
        }
        assertThat(Class.forName(type.name())).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("types")
    @Tag("CLI-3")
    void map_ofTheFamily_saysTheSameAsTheRecipes(LegacyType type) {
        LegacyApi api = MigrationMaps.builtIn("services").orElseThrow().apis().stream()
                .filter(it -> it.type().equals(type.name()))
                .findFirst()
                .orElseThrow();

        if (type.replacement() == null) {
            assertThat(api.rewrite()).isEqualTo(RewriteMode.MANUAL);
            return;
        }
        assertThat(api.replacement()).isEqualTo(type.replacement());
        assertThat(api.recipe()).isEqualTo(MigrateServices.class.getName());
        assertThat(api.methods().stream().map(LegacyMethod::name).filter(name -> !name.equals("<init>")))
                .containsExactlyInAnyOrderElementsOf(type.members().keySet());
        for (LegacyMethod method : api.methods()) {
            Member member = method.name().equals("<init>") ? type.construction() : type.member(method.name());
            assertThat(method.rewrite())
                    .as(type.simpleName() + "." + method.name())
                    .isEqualTo(member instanceof Gone ? RewriteMode.MANUAL : RewriteMode.AUTOMATIC);
            String newName = newName(method.name(), member);
            if (newName != null) {
                assertThat(method.replacement()).isEqualTo(newName);
            }
        }
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
    }

    private static Set<String> publicMethods(Class<?> type) {
        return methods(type)
                .map(Method::getName)
                .filter(name -> !OF_EVERY_OBJECT.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> constants(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> field.getType() == type)
                .map(Field::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
