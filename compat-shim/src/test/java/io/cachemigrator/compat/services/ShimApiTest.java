package io.cachemigrator.compat.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.domain.conversation.ConversationCache;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SHM-1")
@Tag("SHM-4")
@SuppressWarnings("removal") // the legacy classes are what is tested
class ShimApiTest {
    private static final List<Class<?>> LEGACY = List.of(
            RedisCacheService.class,
            NgxCacheManager.class,
            LegacyCaches.class,
            SetOptions.class,
            RedisStats.class,
            HealthReport.class,
            NgxCacheStats.class,
            HttpCacheService.class,
            HttpCacheConfig.class,
            HttpCacheOptions.class,
            HttpCacheHit.class,
            HttpCacheStats.class,
            ResponsePrecomputationService.class,
            InstantResponse.class,
            HotCacheReport.class,
            PrecomputationMetrics.class,
            CacheFactory.class,
            CachedFunction.class,
            CacheUnavailableException.class);

    /** Methods that the recipes rename; all others keep their names in the replacement. */
    private static final Map<String, String> RENAMED = Map.of(
            "clearNamespace", "clear",
            "getStats", "statistics",
            "healthCheck", "health",
            "getCacheStats", "cacheStats");

    @Test
    @Tag("services-B-6")
    @Tag("services-E-15")
    @DisplayName("B-6, E-15: every method of the legacy contract exists")
    void legacyContract_everyMethod_exists() {
        assertThat(methods(RedisCacheService.class))
                .contains(
                        "start",
                        "close",
                        "get",
                        "set",
                        "delete",
                        "exists",
                        "expire",
                        "getMany",
                        "setMany",
                        "increment",
                        "decrement",
                        "clearNamespace",
                        "getStats",
                        "healthCheck",
                        "getAsync",
                        "setAsync",
                        "deleteAsync",
                        "getManyAsync",
                        "setManyAsync",
                        "incrementAsync");
        Stream<String> pairs = Stream.of(
                        "Conversation",
                        "Customer",
                        "Prediction",
                        "TierDetection",
                        "ProgramRecommendations",
                        "RoiCalculation",
                        "AgentConfig",
                        "Knowledge",
                        "ExperimentResult",
                        "CachedPrompt",
                        "CachedResponse",
                        "CachedEmotionalProfile")
                .flatMap(name -> Stream.of("get" + name, "set" + name));
        assertThat(methods(NgxCacheManager.class))
                .containsAll(pairs.toList())
                .contains(
                        "deleteConversation",
                        "incrementMetric",
                        "getMetric",
                        "getConversationsBatch",
                        "getConversationsBatchAsync",
                        "preloadCommonResponses",
                        "warmCache",
                        "clearExpired",
                        "getCacheStats");
        assertThat(methods(LegacyCaches.class)).contains("redis", "closeRedis");
    }

    @Test
    void redisConstructors_legacyArguments_areAllThere() {
        List<List<Class<?>>> signatures = Arrays.stream(RedisCacheService.class.getConstructors())
                .map(constructor -> List.of(constructor.getParameterTypes()))
                .toList();
        assertThat(signatures)
                .contains(
                        List.of(),
                        List.of(String.class),
                        List.of(String.class, int.class, boolean.class, String.class, Duration.class));
    }

    @Test
    @Tag("services-E-9")
    @DisplayName("E-9: everything public is deprecated for removal, since 1.0.0")
    void publicApi_everyTypeMethodAndConstructor_isDeprecatedForRemoval() {
        List<AnnotatedElement> elements = new ArrayList<>(LEGACY);
        for (Class<?> type : LEGACY) {
            Set<String> components = type.isRecord()
                    ? Arrays.stream(type.getRecordComponents())
                            .map(component -> component.getName())
                            .collect(Collectors.toSet())
                    : Set.of();
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                    .filter(method -> !isOfRecords(method, components))
                    .forEach(elements::add);
            if (!type.isRecord()) {
                elements.addAll(List.of(type.getConstructors()));
            }
        }
        assertThat(elements).hasSizeGreaterThan(150).allSatisfy(element -> {
            Deprecated deprecated = element.getAnnotation(Deprecated.class);
            assertThat(deprecated).as("%s", element).isNotNull();
            assertThat(deprecated.forRemoval()).as("%s", element).isTrue();
            assertThat(deprecated.since()).as("%s", element).isEqualTo("1.0.0");
        });
    }

    @Test
    @DisplayName("every legacy method has a replacement of the same shape, or one that the recipes know")
    void replacements_everyMethod_existWithTheSameParameters() {
        assertReplaced(RedisCacheService.class, KeyedCache.class, Set.of("keyed"));
        assertReplaced(NgxCacheManager.class, ConversationCache.class, Set.of("conversations"));
    }

    @Test
    void redisCacheService_nonPublicConstructors_areNotVisible() {
        assertThat(Arrays.stream(RedisCacheService.class.getDeclaredConstructors())
                        .filter(constructor -> Modifier.isPublic(constructor.getModifiers()))
                        .map(Constructor::getParameterCount))
                .containsExactlyInAnyOrder(0, 1, 1, 5);
    }

    @Test
    @Tag("SHM-4")
    void removalPolicy_versionOfTheBuild_isBelowTheRemoval() throws java.io.IOException {
        String pom = java.nio.file.Files.readString(java.nio.file.Path.of("pom.xml"));
        String version = pom.replaceAll("(?s).*?<parent>.*?<version>(\\d+)\\..*", "$1");
        int removal = Integer.parseInt(LegacyUsage.REMOVAL_VERSION.replaceAll("\\..*", ""));
        assertThat(Integer.parseInt(version))
                .as("this module is to be deleted in %s", LegacyUsage.REMOVAL_VERSION)
                .isLessThan(removal);
    }

    private static void assertReplaced(Class<?> legacy, Class<?> replacement, Set<String> bridges) {
        for (Method method : legacy.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())
                    && !method.isSynthetic()
                    && !bridges.contains(method.getName())) {
                String name = RENAMED.getOrDefault(method.getName(), method.getName());
                assertThat(Arrays.stream(replacement.getMethods())
                                .anyMatch(other -> other.getName().equals(name)
                                        && sameParameters(method.getParameterTypes(), other.getParameterTypes())))
                        .as(
                                "%s has %s%s",
                                replacement.getSimpleName(), name, Arrays.toString(method.getParameterTypes()))
                        .isTrue();
            }
        }
    }

    private static boolean sameParameters(Class<?>[] legacy, Class<?>[] replacement) {
        Class<?>[] renamed = Arrays.stream(legacy)
                .map(type -> type == SetOptions.class ? io.cachemigrator.cache.WriteOptions.class : type)
                .toArray(Class<?>[]::new);
        return Arrays.equals(renamed, replacement);
    }

    private static boolean isOfRecords(Method method, Set<String> components) {
        return components.contains(method.getName()) && method.getParameterCount() == 0
                || Set.of("equals", "hashCode", "toString").contains(method.getName());
    }

    private static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
    }
}
