package io.cachemigrator.recipes.services;

import io.cachemigrator.recipes.services.FileFacts.Site;
import io.cachemigrator.recipes.services.LegacyCallSites.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.ScanningRecipe;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.ChangeType;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;

/**
 * Replaces legacy types in all files where that can be done without changing what the code does. See {@link Verdicts}
 * for the rule that keeps the result consistent.
 */
public abstract class LegacyMigration extends ScanningRecipe<LegacyMigration.Scan> {
    private final transient LegacyCallSites callSites = new LegacyCallSites(this);

    /** The types that this recipe replaces. */
    protected abstract LegacyTypes types();

    /** Whether what stays gets a comment above it. */
    protected abstract boolean marksRefused();

    /** What the scan has found. */
    public static final class Scan {
        private final Map<Path, FileFacts> facts = new TreeMap<>();
        private @Nullable Verdicts verdicts;

        private Scan() {}

        Verdicts verdicts(Map<String, String> kept) {
            if (verdicts == null) {
                verdicts = new Verdicts(facts.values(), kept);
            }
            return verdicts;
        }
    }

    @Override
    public Scan getInitialValue(ExecutionContext ctx) {
        return new Scan();
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getScanner(Scan scan) {
        LegacyTypes types = types();
        return new JavaIsoVisitor<>() {
            @Override
            public J.CompilationUnit visitCompilationUnit(J.CompilationUnit file, ExecutionContext ctx) {
                if (declares(file, types)) {
                    return file; // it is what is replaced
                }
                FileFacts facts = new FileFacts(path(file));
                LineIndex lines = LineIndex.of(file);
                new SiteScanner(types, lines, facts).visit(file, facts);
                types.rules()
                        .flags(file)
                        .forEach(flag -> facts.flag(new Site(
                                flag.tree().getId(), lines.line(flag.tree()), flag.api(), false, flag.why(), null)));
                Refusal whole = facts.isEmpty() ? null : types.rules().file(types, file);
                if (whole != null) {
                    facts.refuse(whole);
                }
                scan.facts.put(file.getSourcePath(), facts);
                return file;
            }
        };
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor(Scan scan) {
        LegacyTypes types = types();
        return new JavaIsoVisitor<>() {
            @Override
            public J.CompilationUnit visitCompilationUnit(J.CompilationUnit file, ExecutionContext ctx) {
                FileFacts facts = scan.facts.get(file.getSourcePath());
                if (facts == null || facts.isEmpty()) {
                    return file;
                }
                Verdicts verdicts = scan.verdicts(ctx.getMessage(LegacyCallSites.KEPT_FILES, Map.of()));
                return migrate(file, facts, verdicts, types, ctx);
            }
        };
    }

    private J.CompilationUnit migrate(
            J.CompilationUnit file, FileFacts facts, Verdicts verdicts, LegacyTypes types, ExecutionContext ctx) {
        boolean rewritten = !verdicts.staysLegacy(facts.path());
        CallRewriter calls = new CallRewriter(types, verdicts, rewritten);
        J.CompilationUnit after = (J.CompilationUnit) calls.visitNonNull(file, ctx);
        if (rewritten && !facts.sites().isEmpty()) {
            for (LegacyType type : types.types()) {
                if (type.replacement() != null) {
                    TreeVisitor<?, ExecutionContext> change =
                            new ChangeType(type.name(), type.replacement(), true).getVisitor();
                    after = (J.CompilationUnit) change.visitNonNull(after, ctx);
                }
            }
            after = ImportOrder.restore(file, after);
        }
        rows(file, facts, verdicts, calls).forEach(row -> callSites.insertRow(ctx, row));
        return marksRefused() ? (J.CompilationUnit) marks(facts, verdicts).visitNonNull(after, ctx) : after;
    }

    private static RefusalMarks marks(FileFacts facts, Verdicts verdicts) {
        Map<UUID, String> marks = new HashMap<>();
        for (Site site : facts.sites()) {
            Refusal refusal = verdicts.refusal(facts.path(), site);
            if (refusal != null && !site.bridge()) {
                marks.put(site.tree(), refusal.code() + " " + site.api());
            }
        }
        facts.flags()
                .forEach(flag -> marks.put(
                        flag.tree(), Objects.requireNonNull(flag.refusal()).code() + " " + flag.api()));
        return new RefusalMarks(marks);
    }

    private static List<LegacyCallSites.Row> rows(
            J.CompilationUnit file, FileFacts facts, Verdicts verdicts, CallRewriter calls) {
        List<LegacyCallSites.Row> rows = new ArrayList<>();
        for (Site site : facts.sites()) {
            Refusal refusal = verdicts.refusal(facts.path(), site);
            rows.add(
                    refusal == null
                            ? row(facts, site.line(), site.api(), Outcome.REWRITTEN, null)
                            : site.bridge()
                                    ? row(facts, site.line(), site.api(), Outcome.ADAPTED, Refusal.BRIDGED)
                                    : row(facts, site.line(), site.api(), Outcome.REFUSED, refusal));
        }
        facts.flags().forEach(flag -> rows.add(row(facts, flag.line(), flag.api(), Outcome.REFUSED, flag.refusal())));
        if (!calls.bridged().isEmpty()) {
            rows.addAll(bridges(file, facts, calls));
        }
        rows.sort(Comparator.comparingInt(LegacyCallSites.Row::line).thenComparing(LegacyCallSites.Row::api));
        return rows;
    }

    private static List<LegacyCallSites.Row> bridges(J.CompilationUnit file, FileFacts facts, CallRewriter calls) {
        LineIndex lines = LineIndex.of(file);
        List<LegacyCallSites.Row> rows = new ArrayList<>();
        new JavaIsoVisitor<List<LegacyCallSites.Row>>() {
            @Override
            public @Nullable J visit(@Nullable Tree tree, List<LegacyCallSites.Row> into) {
                if (tree instanceof J element && calls.bridged().containsKey(element.getId())) {
                    String type = String.valueOf(calls.bridged().get(element.getId()));
                    into.add(row(facts, lines.line(element), type, Outcome.ADAPTED, Refusal.BRIDGED));
                }
                return super.visit(tree, into);
            }
        }.visit(file, rows);
        return rows;
    }

    private static LegacyCallSites.Row row(
            FileFacts facts, int line, String api, Outcome outcome, @Nullable Refusal why) {
        return new LegacyCallSites.Row(
                facts.path(), line, api, outcome, why == null ? "" : why.code(), why == null ? "" : why.reason());
    }

    private static boolean declares(J.CompilationUnit file, LegacyTypes types) {
        return file.getClasses().stream()
                .anyMatch(it -> it.getType() != null && types.has(it.getType().getFullyQualifiedName()));
    }

    private static String path(J.CompilationUnit file) {
        return file.getSourcePath().toString().replace('\\', '/');
    }
}
