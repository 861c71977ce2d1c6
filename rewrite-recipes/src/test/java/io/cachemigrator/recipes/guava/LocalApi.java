package io.cachemigrator.recipes.guava;

import io.cachemigrator.recipes.services.LegacyCallSites;
import java.nio.file.Path;
import java.util.List;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;

/** The local caches, as far as the recipe's tests use them: their names and signatures; and the real Guava. */
final class LocalApi {
    private static final String PACKAGE = "package io.cachemigrator.cache.local; import java.time.Duration;"
            + " import java.util.*; import java.util.concurrent.*; import java.util.function.*; ";

    private static final List<String> SOURCES = List.of(
            PACKAGE + "public interface LocalCache<K, V> { V getIfPresent(Object key);"
                    + " V get(K key, Callable<? extends V> loader) throws ExecutionException;"
                    + " Map<K, V> getAllPresent(Iterable<?> keys); void put(K key, V value);"
                    + " void putAll(Map<? extends K, ? extends V> entries); void invalidate(Object key);"
                    + " void invalidateAll(Iterable<?> keys); void invalidateAll(); long size(); LocalCacheStats stats();"
                    + " ConcurrentMap<K, V> asMap(); void cleanUp(); }",
            PACKAGE + "public interface LoadingLocalCache<K, V> extends LocalCache<K, V>, Function<K, V> {"
                    + " V get(K key) throws ExecutionException; V getUnchecked(K key); V apply(K key);"
                    + " Map<K, V> getAll(Iterable<? extends K> keys) throws ExecutionException; void refresh(K key); }",
            PACKAGE + "public final class LocalCacheBuilder<K, V> {"
                    + " public static LocalCacheBuilder<Object, Object> newBuilder() { return null; }"
                    + " public static LocalCacheBuilder<Object, Object> from(String text) { return null; }"
                    + " public LocalCacheBuilder<K, V> initialCapacity(int n) { return this; }"
                    + " public LocalCacheBuilder<K, V> concurrencyLevel(int n) { return this; }"
                    + " public LocalCacheBuilder<K, V> maximumSize(long n) { return this; }"
                    + " public LocalCacheBuilder<K, V> maximumWeight(long n) { return this; }"
                    + " public <K1 extends K, V1 extends V> LocalCacheBuilder<K1, V1> weigher("
                    + "Weigher<? super K1, ? super V1> weigher) { return null; }"
                    + " public LocalCacheBuilder<K, V> weakKeys() { return this; }"
                    + " public LocalCacheBuilder<K, V> weakValues() { return this; }"
                    + " public LocalCacheBuilder<K, V> softValues() { return this; }"
                    + " public LocalCacheBuilder<K, V> expireAfterWrite(Duration time) { return this; }"
                    + " public LocalCacheBuilder<K, V> expireAfterWrite(long time, TimeUnit unit) { return this; }"
                    + " public LocalCacheBuilder<K, V> expireAfterAccess(Duration time) { return this; }"
                    + " public LocalCacheBuilder<K, V> expireAfterAccess(long time, TimeUnit unit) { return this; }"
                    + " public LocalCacheBuilder<K, V> refreshAfterWrite(Duration time) { return this; }"
                    + " public LocalCacheBuilder<K, V> refreshAfterWrite(long time, TimeUnit unit) { return this; }"
                    + " public LocalCacheBuilder<K, V> ticker(LongSupplier ticker) { return this; }"
                    + " public <K1 extends K, V1 extends V> LocalCacheBuilder<K1, V1> removalListener("
                    + "RemovalListener<? super K1, ? super V1> listener) { return null; }"
                    + " public LocalCacheBuilder<K, V> recordStats() { return this; }"
                    + " public <K1 extends K, V1 extends V> LoadingLocalCache<K1, V1> build("
                    + "LocalCacheLoader<? super K1, V1> loader) { return null; }"
                    + " public <K1 extends K, V1 extends V> LocalCache<K1, V1> build() { return null; } }",
            PACKAGE + "public abstract class LocalCacheLoader<K, V> { public abstract V load(K key) throws Exception;"
                    + " public CompletableFuture<V> reload(K key, V old) throws Exception { return null; }"
                    + " public Map<K, V> loadAll(Iterable<? extends K> keys) throws Exception { return null; }"
                    + " public static <K, V> LocalCacheLoader<K, V> from(Function<K, V> function) { return null; }"
                    + " public static <V> LocalCacheLoader<Object, V> from(Supplier<V> supplier) { return null; }"
                    + " public static <K, V> LocalCacheLoader<K, V> asyncReloading("
                    + "LocalCacheLoader<K, V> loader, Executor executor) { return null; }"
                    + " public static final class InvalidCacheLoadException extends RuntimeException {"
                    + " public InvalidCacheLoadException(String message) { super(message); } } }",
            PACKAGE + "public record LocalCacheStats(long hitCount, long missCount, long loadSuccessCount,"
                    + " long loadExceptionCount, long totalLoadTime, long evictionCount) {"
                    + " public long requestCount() { return 0; } public double hitRate() { return 0; }"
                    + " public double missRate() { return 0; } public long loadCount() { return 0; }"
                    + " public double loadExceptionRate() { return 0; } public double averageLoadPenalty() { return 0; }"
                    + " public LocalCacheStats minus(LocalCacheStats other) { return this; }"
                    + " public LocalCacheStats plus(LocalCacheStats other) { return this; } }",
            PACKAGE + "@FunctionalInterface public interface RemovalListener<K, V> {"
                    + " void onRemoval(RemovalNotification<K, V> notification); }",
            PACKAGE + "public final class RemovalNotification<K, V> extends AbstractMap.SimpleImmutableEntry<K, V> {"
                    + " private RemovalNotification(K key, V value) { super(key, value); }"
                    + " public static <K, V> RemovalNotification<K, V> create(K key, V value, RemovalCause cause)"
                    + " { return null; } public RemovalCause getCause() { return null; }"
                    + " public boolean wasEvicted() { return false; } }",
            PACKAGE + "public enum RemovalCause { EXPLICIT, REPLACED, COLLECTED, EXPIRED, SIZE }",
            PACKAGE + "public final class RemovalListeners { private RemovalListeners() {}"
                    + " public static <K, V> RemovalListener<K, V> asynchronous("
                    + "RemovalListener<K, V> listener, Executor executor) { return null; } }",
            PACKAGE + "@FunctionalInterface public interface Weigher<K, V> { int weigh(K key, V value); }",
            PACKAGE + "public class UncheckedLoadException extends RuntimeException {"
                    + " public UncheckedLoadException(Throwable cause) { super(cause); } }",
            PACKAGE + "public class LoadError extends Error { public LoadError(Error cause) { super(cause); } }");

    private LocalApi() {}

    static void with(RecipeSpec spec, MigrateGuavaCaches recipe) {
        spec.recipe(recipe)
                .parser(JavaParser.fromJavaVersion()
                        .classpath(guava())
                        .dependsOn(SOURCES.toArray(String[]::new))
                        .logCompilationWarningsAndErrors(true));
    }

    /** The jar of Guava and what its classes need to be read. */
    static List<Path> guava() {
        return JavaParser.runtimeClasspath().stream()
                .filter(path -> path.toString().matches(".*[/\\\\](guava|failureaccess|jspecify)-[^/\\\\]*\\.jar"))
                .toList();
    }

    /** Sources of the local caches. */
    static List<String> sources() {
        return SOURCES;
    }

    /** Rows as text: line, API, outcome and reason code. */
    static List<String> texts(List<LegacyCallSites.Row> rows) {
        return rows.stream()
                .map(row -> (row.line() + " " + row.api() + " " + row.outcome() + " " + row.reasonCode()).strip())
                .toList();
    }
}
