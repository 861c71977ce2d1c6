package io.cachemigrator.compat.factory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.LegacyMethod;
import io.cachemigrator.map.MigrationMaps;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The legacy classes are all there, deprecated, and have what their map says. */
@Tag("SHM-1")
@Tag("SHM-4")
@SuppressWarnings("removal") // the legacy classes are what is tested
class FactoryApiTest {
    private static final List<Class<?>> LEGACY = List.of(
            CacheInterface.class,
            AiResponseCache.class,
            GenericRedisCache.class,
            InMemoryCache.class,
            LegacyCacheWrapper.class,
            LegacyCaches.class,
            Detection.class,
            SecurityStatus.class);

    private static Set<String> names(Class<?> type) {
        return Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
    }

    @Test
    void contract_everyMethod_exists() {
        List<String> common =
                List.of("get", "lookup", "set", "delete", "exists", "getTtl", "getKeys", "getActiveKeys", "size", "on");
        List<String> more = List.of("invalidatePattern", "clear", "stats", "hitRatioPercent", "connect", "disconnect");
        for (Class<?> type : LEGACY.subList(0, 5)) {
            assertThat(names(type)).as(type.getName()).containsAll(common).containsAll(more);
        }
        List<String> answers = List.of(
                "getCachedResponse",
                "cacheResponse",
                "buildKey",
                "invalidateByOperation",
                "performanceSummary",
                "aiPerformanceSummary",
                "textTierStatistics",
                "operationPerformance");
        assertThat(names(AiResponseCache.class))
                .containsAll(answers)
                .contains("memoryCache", "memoryCacheSize", "memoryCacheOrder");
        assertThat(names(LegacyCacheWrapper.class))
                .containsAll(answers)
                .contains("createAiCache", "createWebCache", "wrap", "getCacheStats", "getCacheHitRatio", "usage");
        assertThat(names(GenericRedisCache.class))
                .contains(
                        "validateSecurity",
                        "getSecurityStatus",
                        "getSecurityRecommendations",
                        "generateSecurityReport",
                        "testSecurityConfiguration");
        assertThat(names(LegacyCaches.class)).contains("getCacheInstance", "getAiCache", "detect");
    }

    @Test
    void contract_everyConstructor_exists() {
        assertThat(parameters(AiResponseCache.class))
                .containsExactlyInAnyOrder(
                        List.of(),
                        List.of(String.class),
                        List.of(String.class, Duration.class),
                        List.of(String.class, Duration.class, int.class),
                        List.of(String.class, Duration.class, int.class, int.class, int.class, int.class, Map.class),
                        List.of(LegacyOptions.class));
        assertThat(parameters(GenericRedisCache.class))
                .containsExactlyInAnyOrder(
                        List.of(),
                        List.of(String.class),
                        List.of(String.class, Duration.class),
                        List.of(String.class, Duration.class, boolean.class, int.class, int.class, int.class),
                        List.of(LegacyOptions.class));
        assertThat(parameters(InMemoryCache.class))
                .containsExactlyInAnyOrder(
                        List.of(), List.of(Duration.class, int.class), List.of(Duration.class, int.class, Clock.class));
    }

    private static List<List<Class<?>>> parameters(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .map(Constructor::getParameterTypes)
                .map(List::of)
                .toList();
    }

    @Test
    void publicApi_everyTypeMethodAndConstructor_isDeprecatedForRemoval() {
        List<AnnotatedElement> elements = new ArrayList<>(LEGACY);
        for (Class<?> type : LEGACY.subList(0, 6)) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                    .forEach(elements::add);
            elements.addAll(List.of(type.getConstructors()));
        }
        assertThat(elements).hasSizeGreaterThan(130).allSatisfy(element -> {
            Deprecated deprecated = element.getAnnotation(Deprecated.class);
            assertThat(deprecated).as("%s", element).isNotNull();
            assertThat(deprecated.forRemoval()).as("%s", element).isTrue();
            assertThat(deprecated.since()).as("%s", element).isEqualTo("1.0.0");
        });
    }

    @Test
    @Tag("REC-1")
    @DisplayName("every type and method of the map exists, in the class itself, and so does what replaces it")
    void map_everyMember_existsWithItsReplacement() throws ClassNotFoundException {
        List<LegacyApi> apis = MigrationMaps.builtIn("factory").orElseThrow().apis();
        assertThat(apis).hasSize(7);
        for (LegacyApi api : apis) {
            Class<?> legacy = Class.forName(api.type());
            Class<?> replacement = Class.forName(api.replacement());
            Set<String> declared = Arrays.stream(legacy.getDeclaredMethods())
                    .map(Method::getName)
                    .collect(Collectors.toSet());
            for (LegacyMethod method : api.methods()) {
                if (!method.name().equals("<init>")) {
                    assertThat(declared).as(api.type()).contains(method.name());
                }
                if (method.replacement() != null && !method.replacement().contains(".")) {
                    assertThat(names(replacement)).as(api.replacement()).contains(method.replacement());
                }
            }
            Set<String> told = api.methods().stream().map(LegacyMethod::name).collect(Collectors.toSet());
            if (!told.isEmpty()) {
                assertThat(Arrays.stream(legacy.getDeclaredMethods())
                                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
                                .map(Method::getName)
                                .filter(name -> !name.equals("closeAll")))
                        .as("methods of %s that the map does not know", api.type())
                        .isSubsetOf(told);
            }
        }
    }
}
