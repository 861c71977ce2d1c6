package io.cachemigrator.recipes.guava;

import static io.cachemigrator.recipes.guava.LocalApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;

import io.cachemigrator.recipes.services.LegacyCallSites;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;

/** Files that must agree are rewritten together or stay together. */
@Tag("REC-1")
@Tag("REC-3")
class GuavaGroupsTest implements RewriteTest {
    private static final String HOLDER = """
            package shop;

            import com.google.common.cache.CacheBuilder;
            import com.google.common.cache.CacheLoader;
            import com.google.common.cache.LoadingCache;

            public class Holder {
                public final LoadingCache<String, String> field = make();

                public static LoadingCache<String, String> make() {
                    return CacheBuilder.newBuilder().build(CacheLoader.from(String::trim));
                }

                public String load(String key) {
                    return field.getUnchecked(key);
                }
            }
            """;
    private static final String HOLDER_AFTER = """
            package shop;

            import io.cachemigrator.cache.local.LoadingLocalCache;
            import io.cachemigrator.cache.local.LocalCacheBuilder;
            import io.cachemigrator.cache.local.LocalCacheLoader;

            public class Holder {
                public final LoadingLocalCache<String, String> field = make();

                public static LoadingLocalCache<String, String> make() {
                    return LocalCacheBuilder.newBuilder().build(LocalCacheLoader.from(String::trim));
                }

                public String load(String key) {
                    return field.getUnchecked(key);
                }
            }
            """;

    @Override
    public void defaults(RecipeSpec spec) {
        LocalApi.with(spec, new MigrateGuavaCaches());
    }

    private static String user(String imports, String members) {
        return "package shop;\n\n" + imports + "class User {\n    " + members + "\n}\n";
    }

    @Test
    void rewrite_filesThatShareACache_changeTogether() {
        String imports = "import com.google.common.cache.Cache;\n\n";
        String members =
                "Cache<String, String> mine = Holder.make(); Object it(Holder h) { return h.field.stats().hitRate(); }";
        String after = user(imports, members)
                .replace("com.google.common.cache.Cache", "io.cachemigrator.cache.local.LocalCache")
                .replace(" Cache<", " LocalCache<");
        rewriteRun(java(HOLDER, HOLDER_AFTER), java(user(imports, members), after));
        Compiled.check(HOLDER_AFTER, after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object it(Holder h) { return com.google.common.collect.Lists.transform(java.util.List.<String>of(), h.field); }",
                "com.google.common.base.Function<String, String> f = Holder.make();",
                "static class Sub extends Holder { com.google.common.cache.CacheBuilderSpec spec; Object it() { return field; } }",
                "com.google.common.cache.CacheBuilderSpec spec; Object it() { return new Holder().field.size(); }",
                "com.google.common.cache.CacheBuilderSpec spec; java.util.function.Supplier<?> it() { return Holder::make; }"
            })
    void rewrite_filesThatShareACacheWithWhatStays_stayTogether(String members) {
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows)).contains("8 LoadingCache REFUSED SHARED_WITH_REFUSED")),
                java(HOLDER),
                java(user("", members)));
        Compiled.check(HOLDER, user("", members));
    }

    @Test
    void rewrite_aFileThatSharesNothingWithWhatStays_isRewritten() {
        String other = user("", "com.google.common.cache.CacheBuilderSpec spec;");
        rewriteRun(java(HOLDER, HOLDER_AFTER), java(other));
    }

    @Test
    void rewrite_aSignatureOfALibrary_keepsWhatIsGivenToIt() {
        String library = "package lib; public class Metrics { public static void bind("
                + "com.google.common.cache.Cache<?, ?> cache) {} }";
        String uses = user(
                "import com.google.common.cache.Cache;\n\n",
                "void it(Cache<String, String> c) { lib.Metrics.bind(c); }");
        rewriteRun(
                spec -> spec.parser(JavaParser.fromJavaVersion()
                                .classpath(LocalApi.classpath())
                                .dependsOn(library))
                        .dataTable(
                                LegacyCallSites.Row.class,
                                rows -> assertThat(texts(rows))
                                        .containsExactly(
                                                "6 Cache REFUSED SHARED_WITH_REFUSED",
                                                "6 Metrics.bind REFUSED EXTERNAL_SIGNATURE")),
                java(uses));
    }

    @Test
    void rewrite_aCatchAroundAMethodThatLoads_followsTheLoad() {
        String imports = "import com.google.common.util.concurrent.UncheckedExecutionException;\n\n";
        String members =
                "void it(Holder h) { try { h.load(\"k\"); } catch (UncheckedExecutionException e) { throw e; } }";
        String after = user(imports, members)
                .replace("com.google.common.util.concurrent.Un", "io.cachemigrator.cache.local.Un")
                .replace("UncheckedExecutionException", "UncheckedLoadException");
        rewriteRun(java(HOLDER, HOLDER_AFTER), java(user(imports, members), after));
        Compiled.check(HOLDER_AFTER, after);
    }

    @Test
    void rewrite_aCatchThatMustStay_keepsTheLoadsThatItCatches() {
        String imports = "import com.google.common.util.concurrent.*;\n\n";
        String members =
                "void it(Holder h, ListenableFuture<String> f) { try { h.load(Futures.getUnchecked(f)); } catch (UncheckedExecutionException e) { } }";
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .contains(
                                        "6 UncheckedExecutionException REFUSED MIXED_TRY",
                                        "8 LoadingCache REFUSED SHARED_WITH_REFUSED")),
                java(HOLDER),
                java(user(imports, members)));
    }

    @Test
    void rewrite_aCatchAboutOtherFutures_isNoUse() {
        String other = user(
                "import com.google.common.util.concurrent.*;\n\n",
                "void it(ListenableFuture<String> f) { try { Futures.getUnchecked(f); } catch (UncheckedExecutionException e) { } }");
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(rows)
                                .allMatch(row -> row.sourcePath().endsWith("Holder.java"))),
                java(HOLDER, HOLDER_AFTER),
                java(other));
    }

    @Test
    void rewrite_twoTriesInOneFile_areToldApart() {
        String before = """
                import com.google.common.cache.LoadingCache;
                import com.google.common.util.concurrent.Futures;
                import com.google.common.util.concurrent.ListenableFuture;
                import com.google.common.util.concurrent.UncheckedExecutionException;

                class Shop {
                    void load(LoadingCache<String, String> cache) {
                        try {
                            cache.getUnchecked("k");
                        } catch (UncheckedExecutionException e) {
                            throw new IllegalStateException(e.getCause());
                        }
                    }

                    void wait(ListenableFuture<String> future) {
                        try {
                            Futures.getUnchecked(future);
                        } catch (UncheckedExecutionException e) {
                            throw new IllegalStateException(e.getCause());
                        }
                    }
                }
                """;
        String after = before.replace("import com.google.common.cache.LoadingCache;\n", "")
                .replace("LoadingCache<", "LoadingLocalCache<")
                .replace(
                        "concurrent.UncheckedExecutionException;\n",
                        "concurrent.UncheckedExecutionException;\nimport io.cachemigrator.cache.local.LoadingLocalCache;\nimport io.cachemigrator.cache.local.UncheckedLoadException;\n")
                .replaceFirst("catch \\(UncheckedExecution", "catch (UncheckedLoad");
        rewriteRun(java(before, after));
        Compiled.check(after);
    }

    @Test
    void rewrite_injectedCaches_agreeAcrossFiles() {
        String bean = "package shop; @interface Bean {} @interface Inject {}";
        String gives =
                "package shop; class Gives { @Bean com.google.common.cache.Cache<String, String> c() { return null; } com.google.common.cache.CacheBuilderSpec spec; }";
        String takes = "package shop; class Takes { @Inject com.google.common.cache.Cache<String, String> c; }";
        rewriteRun(java(bean), java(gives), java(takes));
    }
}
