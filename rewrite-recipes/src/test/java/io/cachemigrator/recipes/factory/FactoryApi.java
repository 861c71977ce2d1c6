package io.cachemigrator.recipes.factory;

import io.cachemigrator.recipes.services.LegacyCallSites;
import java.util.ArrayList;
import java.util.List;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;

/** The legacy and new API of the family, as far as the recipes' tests use them; their names and signatures. */
final class FactoryApi {
    private static final String LEGACY =
            "package io.cachemigrator.compat.factory; import java.time.*; import java.util.*; ";
    private static final String NEW = "package io.cachemigrator.cache.factory; import java.time.*; import java.util.*;"
            + " import java.util.function.Consumer; ";
    private static final String COMMON =
            "Optional<Object> get(String key); <T> Optional<T> get(String key, Class<T> type);"
                    + " void set(String key, Object value); void set(String key, Object value, Duration ttl);"
                    + " boolean delete(String key); boolean exists(String key); long size(); void close();"
                    + " double hitRatioPercent(); ";
    private static final String AI = "Optional<Map<String, Object>> getCachedResponse(String text, String operation,"
            + " Map<String, ?> options, String question); void cacheResponse(String text, String operation,"
            + " Map<String, ?> options, Map<String, ?> response, String question);"
            + " String buildKey(String text, String operation, Map<String, ?> options); ";

    private static final List<String> SOURCES = List.of(
            LEGACY + "public interface CacheInterface extends AutoCloseable { " + COMMON
                    + "long invalidatePattern(String pattern, String context); long clear(String context); }",
            LEGACY + "public class LegacyOptions {}",
            LEGACY + "public class GenericRedisCache implements CacheInterface { public GenericRedisCache() {}"
                    + " public GenericRedisCache(String url) {} public GenericRedisCache(String url, Duration ttl) {}"
                    + " public GenericRedisCache(String url, Duration ttl, boolean l1, int size, int threshold, int level) {}"
                    + " public GenericRedisCache(LegacyOptions options) {} public void disconnect() {}"
                    + " public Map<String, Object> getSecurityStatus() { return null; } " + bodies(COMMON)
                    + bodies("long invalidatePattern(String pattern, String context); long clear(String context);")
                    + " }",
            LEGACY + "public class InMemoryCache implements CacheInterface { public InMemoryCache() {}"
                    + " public InMemoryCache(Duration ttl, int maxSize) {}"
                    + " public InMemoryCache(Duration ttl, int maxSize, Clock clock) {} " + bodies(COMMON)
                    + bodies("long invalidatePattern(String pattern, String context); long clear(String context);")
                    + " }",
            LEGACY + "public class AiResponseCache implements CacheInterface { public AiResponseCache() {}"
                    + " public AiResponseCache(String url) {} public AiResponseCache(String url, Duration ttl) {}"
                    + " public AiResponseCache(String url, Duration ttl, int textHashThreshold) {}"
                    + " public AiResponseCache(String url, Duration ttl, int hash, int threshold, int level, int l1,"
                    + " Map<String, Duration> ttls) {} public AiResponseCache(LegacyOptions options) {}"
                    + " public int memoryCacheSize() { return 0; } " + bodies(COMMON) + bodies(AI)
                    + bodies("long invalidatePattern(String pattern, String context); long clear(String context);"
                            + " long invalidateByOperation(String operation, String context);")
                    + " }",
            LEGACY + "public class LegacyCacheWrapper implements CacheInterface {"
                    + " public static LegacyCacheWrapper createAiCache() { return null; }"
                    + " public static LegacyCacheWrapper createWebCache() { return null; }"
                    + " public static LegacyCacheWrapper wrap(CacheInterface cache) { return null; }"
                    + " public double getCacheHitRatio() { return 0; } public Map<String, Long> usage() { return null; } "
                    + bodies(COMMON) + bodies(AI)
                    + bodies("long invalidatePattern(String pattern, String context); long clear(String context);"
                            + " long invalidateByOperation(String operation, String context);")
                    + " }",
            LEGACY + "public class LegacyCaches { public static CacheInterface getCacheInstance() { return null; }"
                    + " public static CacheInterface getCacheInstance(Map<String, String> env) { return null; }"
                    + " public static AiResponseCache getAiCache() { return null; }"
                    + " public static String detect(Map<String, String> env) { return null; } }",
            NEW + "public interface AppCache extends AutoCloseable { " + COMMON
                    + "long invalidatePattern(String pattern); long clear(); }",
            NEW + "public interface AiCache extends AppCache { " + AI
                    + "long invalidateByOperation(String operation); }",
            NEW + "public interface WebSpec { WebSpec redisUrl(String url); WebSpec defaultTtl(Duration ttl);"
                    + " WebSpec enableL1Cache(boolean on); WebSpec l1CacheSize(int size);"
                    + " WebSpec compression(int threshold, int level); WebSpec useMemoryCache(boolean on);"
                    + " WebSpec clock(Clock clock); }",
            NEW + "public interface AiSpec { AiSpec redisUrl(String url); AiSpec defaultTtl(Duration ttl);"
                    + " AiSpec textHashThreshold(int n); AiSpec l1CacheSize(int size);"
                    + " AiSpec compression(int threshold, int level); AiSpec operationTtls(Map<String, Duration> ttls); }",
            NEW + "public class CacheFactory { public static AppCache forWebApp() { return null; }"
                    + " public static AppCache forWebApp(Consumer<WebSpec> spec) { return null; }"
                    + " public static AiCache forAiApp(Consumer<AiSpec> spec) { return null; }"
                    + " public static AppCache forTesting(Consumer<WebSpec> spec) { return null; }"
                    + " public static AiCache sharedAiApp(Consumer<AiSpec> spec) { return null; } public static AppCache shared(io.cachemigrator.cache.config.CacheConfig config)"
                    + " { return null; } }",
            "package io.cachemigrator.cache.config; public class CacheConfig {"
                    + " public static CacheConfigBuilder builder() { return null; } }",
            "package io.cachemigrator.cache.config; public class CacheConfigBuilder {"
                    + " public CacheConfigBuilder fromEnvironment(java.util.Map<String, String> env) { return this; }"
                    + " public CacheConfig build() { return null; } }");

    private FactoryApi() {}

    static void with(RecipeSpec spec, MigrateFactory recipe) {
        spec.recipe(recipe)
                .parser(JavaParser.fromJavaVersion()
                        .dependsOn(SOURCES.toArray(String[]::new))
                        .logCompilationWarningsAndErrors(true));
    }

    /** Declarations with bodies that do nothing. */
    private static String bodies(String declarations) {
        List<String> methods = new ArrayList<>();
        for (String declaration : declarations.split(";")) {
            String text = declaration.strip();
            if (!text.isEmpty()) {
                String result = text.startsWith("void")
                        ? ""
                        : text.startsWith("boolean")
                                ? "return false;"
                                : text.matches("(long|double|int) .*") ? "return 0;" : "return null;";
                methods.add("public " + text + " { " + result + " }");
            }
        }
        return String.join(" ", methods);
    }

    /** Rows as text: line, API, outcome and reason code. */
    static List<String> texts(List<LegacyCallSites.Row> rows) {
        return rows.stream()
                .map(row -> (row.line() + " " + row.api() + " " + row.outcome() + " " + row.reasonCode()).strip())
                .toList();
    }
}
