package io.cachemigrator.recipes.factory;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.JavaParser;
import org.openrewrite.java.JavaTemplate;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaCoordinates;

/**
 * A way to make a new cache that takes the place of a legacy one.
 *
 * @param method the factory's method, or what else the code is where {@code spec} is empty
 * @param spec the name that the lambda's parameter should have; empty where there is no lambda expression
 * @param chain the calls on it, with a {@code %s} for each argument
 * @param types types of the arguments, as templates name them
 * @param imports types that the code names, other than the factory
 */
record Constructions(String method, String spec, String chain, List<String> types, Set<String> imports) {
    private static final String TEXT = "java.lang.String";
    private static final String TIME = "java.time.Duration";
    private static final String HOUR = ".defaultTtl(Duration.ofHours(1))";
    private static final Set<String> NOTHING = Set.of();
    private static final String CONFIG = "io.cachemigrator.cache.config.CacheConfig";

    /** A cache of answers with the threshold that the legacy class had, on which its keys depend. */
    static final Constructions AI = new Constructions("forAiApp", "ai", ".textHashThreshold(1000)", List.of(), NOTHING);

    /** The same, which a process has once. */
    static final Constructions SHARED_AI =
            new Constructions("sharedAiApp", "ai", ".textHashThreshold(1000)", List.of(), NOTHING);

    /** The API as far as templates need it, so that the code they make has its types. */
    private static final String[] STUBS = {
        "package io.cachemigrator.cache.factory; public interface AppCache extends AutoCloseable { void close(); }",
        "package io.cachemigrator.cache.factory; public interface AiCache extends AppCache {}",
        "package io.cachemigrator.cache.factory; public interface Spec { Spec redisUrl(String url);"
                + " Spec defaultTtl(java.time.Duration ttl); Spec textHashThreshold(int n); Spec compression(int t, int l);"
                + " Spec l1CacheSize(int n); Spec enableL1Cache(boolean on); Spec useMemoryCache(boolean on);"
                + " Spec clock(java.time.Clock clock);"
                + " Spec operationTtls(java.util.Map<String, java.time.Duration> ttls); }",
        "package io.cachemigrator.cache.factory; import java.util.function.Consumer;"
                + " public final class CacheFactory { public static AppCache forWebApp() { return null; }"
                + " public static AppCache forWebApp(Consumer<Spec> spec) { return null; }"
                + " public static AiCache forAiApp(Consumer<Spec> spec) { return null; }"
                + " public static AppCache forTesting(Consumer<Spec> spec) { return null; }"
                + " public static AiCache sharedAiApp(Consumer<Spec> spec) { return null; }"
                + " public static AppCache shared(io.cachemigrator.cache.config.CacheConfig config) { return null; } }",
        "package io.cachemigrator.cache.config; public class CacheConfig {"
                + " public static CacheConfigBuilder builder() { return null; } }",
        "package io.cachemigrator.cache.config; public class CacheConfigBuilder {"
                + " public CacheConfigBuilder fromEnvironment(java.util.Map<String, String> env) { return null; }"
                + " public CacheConfig build() { return null; } }"
    };

    /** What takes the place of a constructor; null when nothing does. */
    static @Nullable Constructions of(String type, int arguments, boolean test) {
        return switch (type) {
            case "AiResponseCache" -> ai(arguments);
            case "GenericRedisCache" -> web(arguments);
            case "InMemoryCache" -> memory(arguments, test);
            default -> null;
        };
    }

    /** A cache that the environment decides on, as the legacy one was. */
    static Constructions environment(boolean ofProcess) {
        String variables = ofProcess ? "System.getenv()" : "%s";
        return new Constructions(
                "shared",
                "",
                "CacheConfig.builder().fromEnvironment(" + variables + ").build()",
                ofProcess ? List.of() : List.of("java.util.Map<java.lang.String, java.lang.String>"),
                Set.of(CONFIG));
    }

    private static @Nullable Constructions ai(int arguments) {
        return switch (arguments) {
            case 0 -> AI;
            case 1 ->
                new Constructions("forAiApp", "ai", ".redisUrl(%s).textHashThreshold(1000)", List.of(TEXT), NOTHING);
            case 2 ->
                new Constructions(
                        "forAiApp",
                        "ai",
                        ".redisUrl(%s).defaultTtl(%s).textHashThreshold(1000)",
                        List.of(TEXT, TIME),
                        NOTHING);
            case 3 ->
                new Constructions(
                        "forAiApp",
                        "ai",
                        ".redisUrl(%s).defaultTtl(%s).textHashThreshold(%s)",
                        List.of(TEXT, TIME, "int"),
                        NOTHING);
            case 7 ->
                new Constructions(
                        "forAiApp",
                        "ai",
                        ".redisUrl(%s).defaultTtl(%s).textHashThreshold(%s).compression(%s, %s).l1CacheSize(%s)"
                                + ".operationTtls(%s)",
                        List.of(
                                TEXT,
                                TIME,
                                "int",
                                "int",
                                "int",
                                "int",
                                "java.util.Map<java.lang.String, java.time.Duration>"),
                        NOTHING);
            default -> null;
        };
    }

    private static @Nullable Constructions web(int arguments) {
        return switch (arguments) {
            case 0 ->
                new Constructions(
                        "forWebApp", "web", ".redisUrl(\"rediss://redis:6380\")" + HOUR, List.of(), Set.of(TIME));
            case 1 -> new Constructions("forWebApp", "web", ".redisUrl(%s)" + HOUR, List.of(TEXT), Set.of(TIME));
            case 2 ->
                new Constructions("forWebApp", "web", ".redisUrl(%s).defaultTtl(%s)", List.of(TEXT, TIME), NOTHING);
            case 6 ->
                new Constructions(
                        "forWebApp",
                        "web",
                        ".redisUrl(%s).defaultTtl(%s).enableL1Cache(%s).l1CacheSize(%s).compression(%s, %s)",
                        List.of(TEXT, TIME, "boolean", "int", "int", "int"),
                        NOTHING);
            default -> null;
        };
    }

    private static @Nullable Constructions memory(int arguments, boolean test) {
        String method = test ? "forTesting" : "forWebApp";
        String spec = test ? "test" : "web";
        String memory = ".useMemoryCache(true)";
        return switch (arguments) {
            case 0 -> new Constructions(method, spec, memory + HOUR + ".l1CacheSize(1000)", List.of(), Set.of(TIME));
            case 2 ->
                new Constructions(
                        method, spec, memory + ".defaultTtl(%s).l1CacheSize(%s)", List.of(TIME, "int"), NOTHING);
            case 3 ->
                new Constructions(
                        method,
                        spec,
                        memory + ".defaultTtl(%s).l1CacheSize(%s).clock(%s)",
                        List.of(TIME, "int", "java.time.Clock"),
                        NOTHING);
            default -> null;
        };
    }

    /** The code in place of a tree. */
    J apply(Cursor cursor, JavaCoordinates place, List<Expression> arguments, Consumer<String> names) {
        Object[] holes = types.stream().map(type -> "#{any(" + type + ")}").toArray();
        String called = chain.formatted(holes);
        String parameter = spec.isEmpty() ? "" : Captures.freeName(spec, cursor);
        String inner = spec.isEmpty() ? called : parameter + " -> " + parameter + called;
        Set<String> named = new TreeSet<>(imports);
        named.add(FactoryTypes.CACHE_FACTORY);
        named.forEach(names);
        return JavaTemplate.builder("CacheFactory." + method + "(" + inner + ")")
                .imports(named.toArray(String[]::new))
                .javaParser(JavaParser.fromJavaVersion().dependsOn(STUBS))
                .build()
                .apply(cursor, place, arguments.toArray());
    }
}
