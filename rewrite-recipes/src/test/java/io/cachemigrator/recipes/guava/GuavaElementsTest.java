package io.cachemigrator.recipes.guava;

import static org.openrewrite.java.Assertions.java;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

/** One case for each element of Guava's API: the text before, and what differs after. */
@Tag("REC-1")
@Tag("REC-3")
class GuavaElementsTest implements RewriteTest {
    private static final String LOCAL = "io.cachemigrator.cache.local.";

    @Override
    public void defaults(RecipeSpec spec) {
        LocalApi.with(spec, new MigrateGuavaCaches());
    }

    /**
     * A case.
     *
     * @param imports of the text before, separated by blanks; those of the caches by simple name
     * @param before members of the class
     * @param after the same after the rewriting
     * @param newImports of the text after, likewise
     */
    record Case(String imports, String before, String after, String newImports) {
        @Override
        public String toString() {
            return before;
        }
    }

    private static Case of(String imports, String before, String newImports, String after) {
        return new Case(imports, before, after, newImports);
    }

    static List<Case> builders() {
        return List.of(
                        "initialCapacity(16)",
                        "concurrencyLevel(4)",
                        "maximumSize(100)",
                        "weakKeys()",
                        "weakValues()",
                        "softValues()",
                        "expireAfterWrite(Duration.ofMinutes(1))",
                        "expireAfterWrite(1, TimeUnit.MINUTES)",
                        "expireAfterAccess(Duration.ofMinutes(1))",
                        "expireAfterAccess(1, TimeUnit.MINUTES)",
                        "refreshAfterWrite(Duration.ofMinutes(1))",
                        "refreshAfterWrite(1, TimeUnit.MINUTES)",
                        "recordStats()")
                .stream()
                .map(call -> {
                    String more = call.contains("Duration")
                            ? " java.time.Duration"
                            : call.contains("TimeUnit") ? " java.util.concurrent.TimeUnit" : "";
                    return of(
                            "CacheBuilder" + more,
                            "CacheBuilder<Object, Object> builder = CacheBuilder.newBuilder()." + call + ";",
                            "LocalCacheBuilder" + more,
                            "LocalCacheBuilder<Object, Object> builder = LocalCacheBuilder.newBuilder()." + call + ";");
                })
                .toList();
    }

    static List<Case> calls() {
        return List.of(
                        "void it(Cache<String, Integer> c) { Integer i = c.getIfPresent(\"k\"); }",
                        "void it(Cache<String, Integer> c) throws Exception { int i = c.get(\"k\", () -> 1); }",
                        "void it(Cache<String, Integer> c) { c.put(\"k\", 1); }",
                        "void it(Cache<String, Integer> c) { c.putAll(java.util.Map.of(\"k\", 1)); }",
                        "void it(Cache<String, Integer> c) { c.invalidate(\"k\"); }",
                        "void it(Cache<String, Integer> c) { c.invalidateAll(); c.invalidateAll(java.util.List.of()); }",
                        "void it(Cache<String, Integer> c) { long n = c.size(); c.cleanUp(); }",
                        "void it(Cache<String, Integer> c) { c.asMap().remove(\"k\"); }",
                        "void it(Cache<String, Integer> c) { double r = c.stats().hitRate(); }",
                        "void it(Cache<String, Integer> c) { java.util.Map<String, Integer> m = c.getAllPresent(java.util.List.of()); }",
                        "Cache<String, Integer>[] several; Cache<?, ?> any; java.util.List<Cache<String, Integer>> list;",
                        "<C extends Cache<String, ?>> C same(C cache) { return cache; }",
                        "Object cast(Object it) { return ((Cache<?, ?>) it).size(); }",
                        "boolean test(Object it) { return it instanceof Cache; }",
                        "Class<?> literal = Cache.class;",
                        "java.util.function.Function<Object, Object> f(Cache<Object, Object> c) { return c::getIfPresent; }",
                        "/** Holds a {@link Cache} and calls {@link Cache#size()}. */ void it(Cache<String, Integer> c) {}")
                .stream()
                .map(text -> of("Cache", text, "LocalCache", text.replaceAll("\\bCache\\b", "LocalCache")))
                .toList();
    }

    static List<Case> loading() {
        return List.of(
                        "void it(LoadingCache<String, Integer> c) throws Exception { int i = c.get(\"k\"); }",
                        "void it(LoadingCache<String, Integer> c) { int i = c.getUnchecked(\"k\"); }",
                        "void it(LoadingCache<String, Integer> c) { int i = c.apply(\"k\"); }",
                        "void it(LoadingCache<String, Integer> c) { c.refresh(\"k\"); }",
                        "void it(LoadingCache<String, Integer> c) throws Exception { int n = c.getAll(java.util.List.of()).size(); }",
                        "void it(LoadingCache<String, Integer> c) throws Exception { for (int i : c.getAll(java.util.List.of()).values()) { } }",
                        "java.util.function.Function<String, Integer> it(LoadingCache<String, Integer> c) { return c; }",
                        "java.util.stream.Stream<Integer> it(LoadingCache<String, Integer> c, java.util.List<String> l) { return l.stream().map(c::getUnchecked); }")
                .stream()
                .map(text -> of(
                        "LoadingCache", text, "LoadingLocalCache", text.replace("LoadingCache", "LoadingLocalCache")))
                .toList();
    }

    static List<Case> others() {
        return List.of(
                of(
                        "CacheBuilder Weigher",
                        "CacheBuilder<String, String> b = CacheBuilder.newBuilder().maximumWeight(9).weigher((String k, String v) -> v.length()); Weigher<String, String> w = (k, v) -> 1;",
                        "LocalCacheBuilder Weigher",
                        "LocalCacheBuilder<String, String> b = LocalCacheBuilder.newBuilder().maximumWeight(9).weigher((String k, String v) -> v.length()); Weigher<String, String> w = (k, v) -> 1;"),
                of(
                        "Weigher",
                        "static class Length implements Weigher<String, String> { @Override public int weigh(String k, String v) { return v.length(); } }",
                        "Weigher",
                        "static class Length implements Weigher<String, String> { @Override public int weigh(String k, String v) { return v.length(); } }"),
                of(
                        "RemovalListener RemovalListeners RemovalNotification",
                        "RemovalListener<String, String> a = n -> System.out.println(n.getKey() + n.getCause() + n.wasEvicted()); RemovalListener<String, String> b = RemovalListeners.asynchronous(a, Runnable::run); void on(RemovalNotification<String, String> n) {}",
                        "RemovalListener RemovalListeners RemovalNotification",
                        "RemovalListener<String, String> a = n -> System.out.println(n.getKey() + n.getCause() + n.wasEvicted()); RemovalListener<String, String> b = RemovalListeners.asynchronous(a, Runnable::run); void on(RemovalNotification<String, String> n) {}"),
                of(
                        "CacheBuilder RemovalCause RemovalListener RemovalNotification",
                        "Object b = CacheBuilder.newBuilder().removalListener(new RemovalListener<String, String>() { @Override public void onRemoval(RemovalNotification<String, String> n) { if (n.getCause() == RemovalCause.EXPIRED) { } } });",
                        "LocalCacheBuilder RemovalCause RemovalListener RemovalNotification",
                        "Object b = LocalCacheBuilder.newBuilder().removalListener(new RemovalListener<String, String>() { @Override public void onRemoval(RemovalNotification<String, String> n) { if (n.getCause() == RemovalCause.EXPIRED) { } } });"),
                of(
                        "RemovalCause RemovalNotification",
                        "RemovalNotification<String, String> n = RemovalNotification.create(\"k\", \"v\", RemovalCause.SIZE); int is(RemovalCause c) { switch (c) { case SIZE: return 1; default: return 0; } }",
                        "RemovalCause RemovalNotification",
                        "RemovalNotification<String, String> n = RemovalNotification.create(\"k\", \"v\", RemovalCause.SIZE); int is(RemovalCause c) { switch (c) { case SIZE: return 1; default: return 0; } }"),
                of(
                        "CacheStats",
                        "long sum(CacheStats a, CacheStats b) { return a.plus(b).minus(a).hitCount() + new CacheStats(1, 2, 3, 4, 5, 6).loadCount(); }",
                        "LocalCacheStats",
                        "long sum(LocalCacheStats a, LocalCacheStats b) { return a.plus(b).minus(a).hitCount() + new LocalCacheStats(1, 2, 3, 4, 5, 6).loadCount(); }"),
                of(
                        "CacheBuilder CacheLoader LoadingCache",
                        "LoadingCache<String, Integer> c = CacheBuilder.newBuilder().build(new CacheLoader<String, Integer>() { @Override public Integer load(String k) { return k.length(); } });",
                        "LoadingLocalCache LocalCacheBuilder LocalCacheLoader",
                        "LoadingLocalCache<String, Integer> c = LocalCacheBuilder.newBuilder().build(new LocalCacheLoader<String, Integer>() { @Override public Integer load(String k) { return k.length(); } });"),
                of(
                        "CacheLoader java.util.Map",
                        "static class Lengths extends CacheLoader<String, Integer> { @Override public Integer load(String k) { return k.length(); } @Override public Map<String, Integer> loadAll(Iterable<? extends String> keys) throws Exception { return super.loadAll(keys); } }",
                        "LocalCacheLoader java.util.Map",
                        "static class Lengths extends LocalCacheLoader<String, Integer> { @Override public Integer load(String k) { return k.length(); } @Override public Map<String, Integer> loadAll(Iterable<? extends String> keys) throws Exception { return super.loadAll(keys); } }"),
                of(
                        "CacheBuilder CacheLoader LoadingCache",
                        "LoadingCache<String, Integer> c = CacheBuilder.newBuilder().build(CacheLoader.from(String::length));",
                        "LoadingLocalCache LocalCacheBuilder LocalCacheLoader",
                        "LoadingLocalCache<String, Integer> c = LocalCacheBuilder.newBuilder().build(LocalCacheLoader.from(String::length));"),
                of(
                        "CacheLoader",
                        "CacheLoader<String, Integer> a(com.google.common.base.Function<String, Integer> f) { return CacheLoader.from(f); } CacheLoader<Object, String> b(com.google.common.base.Supplier<String> s) { return CacheLoader.from(s); } CacheLoader<Object, Long> c = CacheLoader.from(() -> 1L);",
                        "LocalCacheLoader",
                        "LocalCacheLoader<String, Integer> a(com.google.common.base.Function<String, Integer> f) { return LocalCacheLoader.from(f); } LocalCacheLoader<Object, String> b(com.google.common.base.Supplier<String> s) { return LocalCacheLoader.from(s); } LocalCacheLoader<Object, Long> c = LocalCacheLoader.from(() -> 1L);"),
                of(
                        "CacheLoader",
                        "CacheLoader<String, String> slow(CacheLoader<String, String> l) { return CacheLoader.asyncReloading(l, Runnable::run); }",
                        "LocalCacheLoader",
                        "LocalCacheLoader<String, String> slow(LocalCacheLoader<String, String> l) { return LocalCacheLoader.asyncReloading(l, Runnable::run); }"),
                of(
                        "CacheLoader com.google.common.util.concurrent.Futures com.google.common.util.concurrent.ListenableFuture",
                        "Object l = new CacheLoader<String, Integer>() { @Override public Integer load(String k) { return 1; } @Override public ListenableFuture<Integer> reload(String k, Integer old) throws Exception { if (old > 5) { return Futures.immediateFailedFuture(new Exception()); } if (old > 3) { return super.reload(k, old); } return Futures.immediateFuture(old + 1); } };",
                        "LocalCacheLoader java.util.concurrent.CompletableFuture",
                        "Object l = new LocalCacheLoader<String, Integer>() { @Override public Integer load(String k) { return 1; } @Override public CompletableFuture<Integer> reload(String k, Integer old) throws Exception { if (old > 5) { return CompletableFuture.failedFuture(new Exception()); } if (old > 3) { return super.reload(k, old); } return CompletableFuture.completedFuture(old + 1); } };"),
                of(
                        "CacheBuilder com.google.common.base.Ticker",
                        "Object a(Ticker t) { return CacheBuilder.newBuilder().ticker(t).ticker(Ticker.systemTicker()); }",
                        "LocalCacheBuilder com.google.common.base.Ticker",
                        "Object a(Ticker t) { return LocalCacheBuilder.newBuilder().ticker(t::read).ticker(Ticker.systemTicker()::read); }"),
                of(
                        "CacheBuilder",
                        "Object a = CacheBuilder.from(\"maximumSize=10\").build();",
                        "LocalCacheBuilder",
                        "Object a = LocalCacheBuilder.from(\"maximumSize=10\").build();"),
                of(
                        "CacheBuilder CacheBuilderSpec",
                        "Object a(String s) { return CacheBuilder.from(CacheBuilderSpec.parse(s)).build(); }",
                        "LocalCacheBuilder",
                        "Object a(String s) { return LocalCacheBuilder.from(s).build(); }"),
                of(
                        "Cache com.google.common.collect.ImmutableMap",
                        "ImmutableMap<String, String> a(Cache<String, String> c) { ImmutableMap<String, String> m = c.getAllPresent(java.util.List.of()); return c.getAllPresent(m.keySet()); }",
                        "LocalCache com.google.common.collect.ImmutableMap",
                        "ImmutableMap<String, String> a(LocalCache<String, String> c) { ImmutableMap<String, String> m = ImmutableMap.copyOf(c.getAllPresent(java.util.List.of())); return ImmutableMap.copyOf(c.getAllPresent(m.keySet())); }"),
                of(
                        "LoadingCache",
                        "Object a(LoadingCache<String, String> c) throws Exception { return c.getAll(java.util.List.of()).values().asList().get(0); }",
                        "LoadingLocalCache com.google.common.collect.ImmutableMap",
                        "Object a(LoadingLocalCache<String, String> c) throws Exception { return ImmutableMap.copyOf(c.getAll(java.util.List.of())).values().asList().get(0); }"),
                of(
                        "Cache",
                        "void a(Cache<String, String> c) { var m = c.getAllPresent(java.util.List.of()); m.entrySet().asList(); }",
                        "LocalCache com.google.common.collect.ImmutableMap",
                        "void a(LocalCache<String, String> c) { var m = ImmutableMap.copyOf(c.getAllPresent(java.util.List.of())); m.entrySet().asList(); }"),
                of(
                        "LoadingCache com.google.common.util.concurrent.UncheckedExecutionException",
                        "String a(LoadingCache<String, String> c) { try { return c.getUnchecked(\"k\"); } catch (UncheckedExecutionException e) { return e.getCause().getMessage(); } }",
                        "LoadingLocalCache UncheckedLoadException",
                        "String a(LoadingLocalCache<String, String> c) { try { return c.getUnchecked(\"k\"); } catch (UncheckedLoadException e) { return e.getCause().getMessage(); } }"),
                of(
                        "CacheLoader.InvalidCacheLoadException LoadingCache com.google.common.util.concurrent.ExecutionError com.google.common.util.concurrent.UncheckedExecutionException java.util.concurrent.ExecutionException",
                        "void a(LoadingCache<String, String> c) { try { c.get(\"k\"); } catch (ExecutionException | UncheckedExecutionException | ExecutionError e) { } catch (InvalidCacheLoadException e) { } }",
                        "LoadError LoadingLocalCache LocalCacheLoader.InvalidCacheLoadException UncheckedLoadException java.util.concurrent.ExecutionException",
                        "void a(LoadingLocalCache<String, String> c) { try { c.get(\"k\"); } catch (ExecutionException | UncheckedLoadException | LoadError e) { } catch (InvalidCacheLoadException e) { } }"),
                of(
                        "CacheLoader LoadingCache",
                        "void a(LoadingCache<String, String> c) { try { c.getUnchecked(\"k\"); } catch (CacheLoader.InvalidCacheLoadException e) { } }",
                        "LoadingLocalCache LocalCacheLoader",
                        "void a(LoadingLocalCache<String, String> c) { try { c.getUnchecked(\"k\"); } catch (LocalCacheLoader.InvalidCacheLoadException e) { } }"));
    }

    @ParameterizedTest
    @MethodSource({"builders", "calls", "loading", "others"})
    void rewrite_anElement_becomesItsCounterpart(Case it) {
        String before = text(it.imports(), "com.google.common.cache.", it.before());
        String after = text(it.newImports(), LOCAL, it.after());
        rewriteRun(java(before, after));
        Compiled.check(after);
    }

    private static String text(String imports, String home, String members) {
        TreeSet<String> lines = new TreeSet<>();
        Arrays.stream(imports.split(" "))
                .map(it -> "import " + (Character.isUpperCase(it.charAt(0)) ? home : "") + it + ";\n")
                .forEach(lines::add);
        return String.join("", lines) + "\nclass Shop {\n    " + members + "\n}\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.google.common.cache.Cache<String, String> c = com.google.common.cache.CacheBuilder.newBuilder().build();",
                "void a(com.google.common.cache.LoadingCache<String, String> c) { try { c.getUnchecked(\"k\"); } catch (com.google.common.util.concurrent.UncheckedExecutionException e) { } }",
                "Object l = new com.google.common.cache.CacheLoader<String, String>() { public String load(String k) { throw new com.google.common.cache.CacheLoader.InvalidCacheLoadException(k); } };"
            })
    void rewrite_aNameInFull_staysInFull(String members) {
        String after = members.replace("com.google.common.cache.", LOCAL)
                .replace(
                        "com.google.common.util.concurrent.UncheckedExecutionException",
                        LOCAL + "UncheckedLoadException")
                .replaceAll("local\\.LoadingCache", "local.LoadingLocalCache")
                .replaceAll("local\\.Cache", "local.LocalCache");
        rewriteRun(java("class Shop {\n    " + members + "\n}\n", "class Shop {\n    " + after + "\n}\n"));
        Compiled.check("class Shop {\n    " + after + "\n}\n");
    }
}
