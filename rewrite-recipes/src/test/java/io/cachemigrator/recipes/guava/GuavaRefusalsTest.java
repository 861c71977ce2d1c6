package io.cachemigrator.recipes.guava;

import static io.cachemigrator.recipes.guava.LocalApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.services.LegacyCallSites;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

/** What stays as it is, with its row, and a comment where one is asked for. */
@Tag("REC-1")
@Tag("REC-3")
class GuavaRefusalsTest implements RewriteTest {
    @Override
    public void defaults(RecipeSpec spec) {
        LocalApi.with(spec, new MigrateGuavaCaches());
    }

    /**
     * A case.
     *
     * @param members of a class that begins on line 5
     * @param row the row that tells why
     */
    record Case(String members, String row) {}

    private static String text(String members) {
        return """
                import com.google.common.base.ALL;
                import com.google.common.cache.ALL;
                import com.google.common.util.concurrent.ALL;

                class Shop {
                    %s
                }
                """.replace(".ALL;", ".*;").formatted(members);
    }

    static List<Case> refused() {
        return List.of(
                new Case(
                        "Object b = CacheBuilder.newBuilder().ticker(new Ticker() { public long read() { return 0; } });",
                        "6 CacheBuilder.ticker REFUSED TICKER"),
                new Case(
                        "java.util.function.Function<Ticker, Object> f = CacheBuilder.newBuilder()::ticker;",
                        "6 CacheBuilder.ticker REFUSED TICKER"),
                new Case(
                        "Object b(CacheBuilderSpec s) { return CacheBuilder.from(s); }",
                        "6 CacheBuilder.from REFUSED CACHE_SPEC"),
                new Case(
                        "Object b = CacheBuilderSpec.disableCaching();",
                        "6 CacheBuilderSpec.disableCaching REFUSED CACHE_SPEC"),
                new Case(
                        "static class Own<K, V> extends ForwardingCache.SimpleForwardingCache<K, V> { Own(Cache<K, V> c) { super(c); } }",
                        "6 ForwardingCache.SimpleForwardingCache REFUSED CACHE_SUBCLASS"),
                new Case(
                        "abstract static class Own<K, V> extends AbstractCache<K, V> {}",
                        "6 AbstractCache REFUSED CACHE_SUBCLASS"),
                new Case(
                        "abstract static class Own<K, V> extends AbstractLoadingCache<K, V> {}",
                        "6 AbstractLoadingCache REFUSED CACHE_SUBCLASS"),
                new Case(
                        "abstract static class Own<K, V> extends ForwardingLoadingCache<K, V> {}",
                        "6 ForwardingLoadingCache REFUSED CACHE_SUBCLASS"),
                new Case("abstract static class Own<K, V> implements Cache<K, V> {}", "6 Cache REFUSED CACHE_SUBCLASS"),
                new Case(
                        "Object l = new CacheLoader<String, String>() { public String load(String k) { return k; } public ListenableFuture<String> reload(String k, String v) { return SettableFuture.create(); } };",
                        "6 CacheLoader.reload REFUSED RELOAD_FUTURE"),
                new Case(
                        "Object a(CacheLoader<String, String> l) throws Exception { return l.reload(\"k\", \"v\"); }",
                        "6 CacheLoader.reload REFUSED RELOAD_FUTURE"),
                new Case(
                        "Object a(CacheLoader.UnsupportedLoadingOperationException e) { return e; }",
                        "6 CacheLoader.UnsupportedLoadingOperationException REFUSED NO_COUNTERPART"),
                new Case(
                        "com.google.common.base.Function<String, String> f(LoadingCache<String, String> c) { return c; }",
                        "6 LoadingCache REFUSED GUAVA_FUNCTION"),
                new Case(
                        "Object f(LoadingCache<String, String> c, java.util.List<String> l) { return com.google.common.collect.Lists.transform(l, c); }",
                        "6 LoadingCache REFUSED GUAVA_FUNCTION"),
                new Case(
                        "void f(LoadingCache<String, String> c) { com.google.common.base.Function<String, String> f = c; }",
                        "6 LoadingCache REFUSED GUAVA_FUNCTION"),
                new Case(
                        "java.util.stream.Stream<?> f(Cache<String, String> c, java.util.stream.Stream<java.util.List<String>> s) { return s.map(c::getAllPresent); }",
                        "6 Cache.getAllPresent REFUSED METHOD_REFERENCE"),
                new Case(
                        "Object a() throws Exception { Cache<String, String> c = null; return Class.forName(\"com.google.common.cache.CacheBuilder\"); }",
                        "6 CacheBuilder REFUSED RAW_REFLECTION"),
                new Case(
                        "Object a() throws Exception { return LoadingCache.class.getMethod(\"get\", Object.class); }",
                        "6 class literal REFUSED RAW_REFLECTION"),
                new Case("Cache<String, String> c; static class LocalCache {}", "6 LocalCache REFUSED NAME_TAKEN"),
                new Case(
                        "void a(LoadingCache<String, String> c, ListenableFuture<String> f) { try { c.getUnchecked(Futures.getUnchecked(f)); } catch (UncheckedExecutionException e) { } }",
                        "6 UncheckedExecutionException REFUSED MIXED_TRY"),
                new Case(
                        "void a(LoadingCache<String, String> c, java.util.function.Supplier<String> s) { try { c.getUnchecked(s.get()); } catch (ExecutionError e) { } }",
                        "6 ExecutionError REFUSED MIXED_TRY"),
                new Case(
                        "void a(LoadingCache<String, String> c) { try { c.getUnchecked(b()); } catch (UncheckedExecutionException e) { } } String b() { throw new UncheckedExecutionException(null); }",
                        "6 UncheckedExecutionException REFUSED MIXED_TRY"),
                new Case(
                        "void a(LoadingCache<String, String> c) { try { c.getUnchecked(\"k\"); } catch (RuntimeException e) { if (e instanceof UncheckedExecutionException) { } } }",
                        "6 UncheckedExecutionException REFUSED EXCEPTION_CHECK"),
                new Case(
                        "void a(LoadingCache<String, String> c) { try { c.getUnchecked(\"k\"); } catch (RuntimeException e) { Throwables.throwIfInstanceOf(e, UncheckedExecutionException.class); } }",
                        "6 UncheckedExecutionException REFUSED EXCEPTION_CHECK"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void rewrite_whatHasNoCounterpart_staysAndIsListed(Case it) {
        rewriteRun(
                spec -> spec.dataTable(LegacyCallSites.Row.class, rows -> {
                    assertThat(texts(rows)).contains(it.row());
                    assertThat(rows).allMatch(row -> row.outcome() == LegacyCallSites.Outcome.REFUSED);
                    assertThat(rows).allMatch(row -> !row.reason().isEmpty());
                }),
                java(text(it.members())));
        Compiled.check(text(it.members()));
    }

    @Test
    void mark_whatStays_getsACommentAboveOnce() {
        String marked = """
                import com.google.common.cache.Cache;
                import com.google.common.cache.CacheBuilder;
                import com.google.common.cache.CacheBuilderSpec;

                class Shop {
                    // cache-migrator: CACHE_SPEC CacheBuilder.from
                    // cache-migrator: CACHE_SPEC CacheBuilderSpec.disableCaching
                    Object made = CacheBuilder.from(CacheBuilderSpec.disableCaching());
                    // cache-migrator: SHARED_WITH_REFUSED Cache
                    Cache<String, String> other;
                }
                """;
        rewriteRun(
                spec -> LocalApi.with(spec, new MigrateGuavaCaches(true)),
                java(marked.replaceAll(" *// cache-migrator.*\n", ""), marked));
    }

    @Test
    void rewrite_aFileThatACallerKeeps_staysWithItsReason() {
        InMemoryExecutionContext ctx = new InMemoryExecutionContext();
        ctx.putMessage(LegacyCallSites.KEPT_FILES, Map.of("Shop.java", "It would not compile."));
        rewriteRun(
                spec -> spec.executionContext(ctx)
                        .dataTable(
                                LegacyCallSites.Row.class,
                                rows -> assertThat(texts(rows)).containsExactly("6 Cache REFUSED DOES_NOT_COMPILE")),
                java(text("Cache<String, String> c;")));
    }
}
