package io.cachemigrator.recipes.exchange;

import io.cachemigrator.recipes.exchange.FileUses.Use;
import io.cachemigrator.recipes.services.ImportOrder;
import io.cachemigrator.recipes.services.LegacyCallSites;
import io.cachemigrator.recipes.services.LegacyCallSites.Outcome;
import io.cachemigrator.recipes.services.LineIndex;
import io.cachemigrator.recipes.services.Refusal;
import io.cachemigrator.recipes.services.RefusalMarks;
import io.cachemigrator.recipes.services.SelectiveRecipe;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Option;
import org.openrewrite.ScanningRecipe;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaSourceFile;

/**
 * A recipe that exchanges the types of one family. Files that must agree on a type are rewritten together or stay
 * together; every use is a row of {@link LegacyCallSites}.
 */
public abstract class ExchangeRecipe extends ScanningRecipe<ExchangeRecipe.Scan> implements SelectiveRecipe {
    private final transient LegacyCallSites callSites = new LegacyCallSites(this);

    @Option(
            displayName = "Mark what is refused",
            description = "Whether a comment goes above each statement that stays. Defaults to `false`.",
            required = false)
    private final @Nullable Boolean markRefused;

    /** Null means without comments above what stays. */
    protected ExchangeRecipe(@Nullable Boolean markRefused) {
        this.markRefused = markRefused;
    }

    /** The family, made anew for each run. */
    protected abstract Family family();

    @Override
    public Set<String> followed() {
        return family().thrown().keySet().stream().map(Types::simple).collect(Collectors.toSet());
    }

    /** What the scan has found. */
    public static final class Scan {
        private final Map<String, FileUses> files = new TreeMap<>();
        private @Nullable Groups groups;

        private final Family family;

        private Scan(Family family) {
            this.family = family;
        }

        private Groups groups(ExecutionContext ctx) {
            if (groups == null) {
                groups = new Groups(
                        files.values(),
                        ctx.getMessage(LegacyCallSites.KEPT_FILES, Map.of()),
                        ctx.getMessage(LegacyCallSites.OTHER_CLASSES, Map.of()));
            }
            return groups;
        }
    }

    /** Whether a comment goes above each statement that stays; null means not. */
    public @Nullable Boolean getMarkRefused() {
        return markRefused;
    }

    @Override
    public Scan getInitialValue(ExecutionContext ctx) {
        return new Scan(family());
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getScanner(Scan scan) {
        return new TreeVisitor<>() {
            @Override
            public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext ctx) {
                if (tree instanceof J.CompilationUnit file) {
                    FileUses uses = new FileUses(path(file));
                    new UseScanner(scan.family, LineIndex.of(file), uses).visit(file, uses);
                    scan.files.put(uses.path(), uses);
                } else if (tree instanceof SourceFile other && !(tree instanceof JavaSourceFile)) {
                    scan.family.resource(path(other), other::printAll);
                }
                return tree;
            }
        };
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor(Scan scan) {
        return new JavaIsoVisitor<>() {
            @Override
            public J.CompilationUnit visitCompilationUnit(J.CompilationUnit file, ExecutionContext ctx) {
                FileUses uses = scan.files.get(path(file));
                Groups groups = scan.groups(ctx);
                return uses == null || groups.uses(uses).isEmpty()
                        ? file
                        : migrate(file, uses, scan.family, groups, ctx);
            }
        };
    }

    private J.CompilationUnit migrate(
            J.CompilationUnit file, FileUses uses, Family family, Groups groups, ExecutionContext ctx) {
        groups.uses(uses).stream()
                .map(use -> row(uses, use, groups))
                .sorted(Comparator.comparingInt(LegacyCallSites.Row::line).thenComparing(LegacyCallSites.Row::api))
                .forEach(row -> callSites.insertRow(ctx, row));
        if (groups.isRewritten(uses.path())) {
            J.CompilationUnit after = rewrite(file, family, groups, ctx);
            return after.printAll().equals(file.printAll()) ? file : after;
        }
        return Boolean.TRUE.equals(markRefused)
                ? (J.CompilationUnit) marks(uses, groups).visitNonNull(file, ctx)
                : file;
    }

    private static J.CompilationUnit rewrite(
            J.CompilationUnit file, Family family, Groups groups, ExecutionContext ctx) {
        J.CompilationUnit after = (J.CompilationUnit) family.rewriter().visitNonNull(file, ctx);
        after = (J.CompilationUnit) new Catches(family, groups).visitNonNull(after, ctx);
        TypeNames names = new TypeNames(family);
        after = names.imports((J.CompilationUnit) names.visitNonNull(after, ctx));
        return file.getImports().isEmpty() && after.getImports().isEmpty()
                ? ImportOrder.sameDistance(file, after)
                : ImportOrder.restore(names.staticImports(file), after);
    }

    private static RefusalMarks marks(FileUses uses, Groups groups) {
        Map<UUID, String> marks = new HashMap<>();
        for (Use use : groups.uses(uses)) {
            Refusal refusal = groups.refusal(uses.path(), use);
            if (refusal != null) {
                marks.put(use.tree(), refusal.code() + " " + use.api());
            }
        }
        return new RefusalMarks(marks);
    }

    private static LegacyCallSites.Row row(FileUses uses, Use use, Groups groups) {
        Refusal refusal = groups.refusal(uses.path(), use);
        Refusal adapted = uses.adapted().get(use.tree());
        Refusal why = refusal == null ? adapted : refusal;
        Outcome outcome = refusal != null ? Outcome.REFUSED : adapted == null ? Outcome.REWRITTEN : Outcome.ADAPTED;
        return new LegacyCallSites.Row(
                uses.path(),
                use.line(),
                use.api(),
                outcome,
                why == null ? "" : why.code(),
                why == null ? "" : why.reason());
    }

    private static String path(SourceFile file) {
        return file.getSourcePath().toString().replace('\\', '/');
    }
}
