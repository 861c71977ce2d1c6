package io.cachemigrator.migrator.check;

import io.cachemigrator.map.Complexity;
import io.cachemigrator.map.Effort;
import io.cachemigrator.map.LegacyMethod;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.inventory.Gap;
import io.cachemigrator.migrator.inventory.LegacyUse;
import io.cachemigrator.migrator.plan.PlanKeySpace;
import io.cachemigrator.migrator.settings.SettingsFinding;
import io.cachemigrator.migrator.source.CallSite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes findings of what the parts of a check found, and sums them. */
final class Findings {
    private static final int CONFIG_MINUTES = 5;
    private static final int GAP_MIN_MINUTES = 1;
    private static final int GAP_MAX_MINUTES = 30;

    private final List<CheckReport.Finding> all = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final UnaryOperator<String> moduleOf;

    /** Files belong to modules. */
    Findings(UnaryOperator<String> moduleOf) {
        this.moduleOf = moduleOf;
    }

    List<CheckReport.Finding> all() {
        return List.copyOf(all);
    }

    /** Two uses of one API on one line are two findings. */
    private void add(CheckReport.Finding finding) {
        int before = ids.merge(finding.id(), 1, Integer::sum) - 1;
        all.add(before == 0 ? finding : finding.withId(finding.id() + "-" + (before + 1)));
    }

    void add(CallSite site) {
        boolean automatic = site.disposition() != CallSite.Disposition.REFUSED;
        EffortRule effort = switch (site.disposition()) {
            case REWRITTEN -> EffortRule.AUTOMATIC;
            case ADAPTED -> EffortRule.ADAPTED;
            case REFUSED -> EffortRule.byHand(site.complexity(), site.maxMinutes());
        };
        add(new CheckReport.Finding(
                id("SOURCE", site.file(), String.valueOf(site.line()), site.api()),
                site.family(),
                CheckReport.Kind.SOURCE,
                site.file(),
                site.line(),
                site.api(),
                automatic ? site.replacement() : site.reasonCode() + ": " + site.reason(),
                automatic,
                site.complexity(),
                new CheckReport.Effort(site.minMinutes(), site.maxMinutes()),
                site.rule(),
                "",
                moduleOf.apply(site.file()),
                effort.points(),
                effort.rule()));
    }

    void add(LegacyUse use) {
        LegacyMethod method = use.method();
        Complexity complexity = method == null ? use.api().complexity() : method.complexity();
        Effort effort = method == null ? use.api().effort() : method.effort();
        String reason = method == null ? use.api().reason() : method.reason();
        EffortRule points =
                EffortRule.byHand(complexity.toString(), effort.max().toMinutes());
        boolean source = use.evidence() == LegacyUse.Evidence.SOURCE;
        add(new CheckReport.Finding(
                id("SOURCE", use.file(), String.valueOf(use.line()), use.family() + ":" + use.name()),
                use.family(),
                CheckReport.Kind.SOURCE,
                use.file(),
                use.line(),
                use.name(),
                use.replacement(),
                false,
                complexity.toString(),
                new CheckReport.Effort(effort.min().toMinutes(), effort.max().toMinutes()),
                rule(use, method),
                (source ? "" : "Only the compiled class shows it. ") + (reason == null ? "" : reason),
                moduleOf.apply(use.file()),
                points.points(),
                points.rule()));
    }

    private static String rule(LegacyUse use, @Nullable LegacyMethod method) {
        String type = use.api().isPackage()
                ? use.api().type()
                : use.api().type().substring(use.api().type().lastIndexOf('.') + 1);
        return use.family() + "/" + type + (method == null ? "" : "." + method.name());
    }

    void add(Gap gap) {
        EffortRule points = EffortRule.of(gap.kind());
        add(new CheckReport.Finding(
                id("SOURCE", gap.file(), String.valueOf(gap.line()), gap.kind().rule() + ":" + gap.what()),
                "",
                CheckReport.Kind.SOURCE,
                gap.file(),
                gap.line(),
                gap.what(),
                gap.fix(),
                false,
                points == EffortRule.MEND ? "low" : "medium",
                new CheckReport.Effort(GAP_MIN_MINUTES, GAP_MAX_MINUTES),
                gap.kind().rule(),
                "",
                moduleOf.apply(gap.file()),
                points.points(),
                points.rule()));
    }

    void add(SettingsFinding one, List<String> families) {
        EffortRule points = one.automatic() ? EffortRule.AUTOMATIC : EffortRule.TRIVIAL;
        add(new CheckReport.Finding(
                id("CONFIG", one.path(), String.valueOf(one.line()), one.key()),
                String.join(",", families),
                CheckReport.Kind.CONFIG,
                one.path(),
                one.line(),
                one.key(),
                one.replacement(),
                one.automatic(),
                "low",
                new CheckReport.Effort(one.automatic() ? 0 : 1, CONFIG_MINUTES),
                one.rule(),
                "",
                moduleOf.apply(one.path()),
                points.points(),
                points.rule()));
    }

    void add(PlanKeySpace space) {
        add(new CheckReport.Finding(
                id("DATA", space.name(), "", ""),
                space.family(),
                CheckReport.Kind.DATA,
                space.name(),
                0,
                space.keys() + " keys",
                space.strategy(),
                true,
                "low",
                new CheckReport.Effort(0, 0),
                "data." + space.strategy(),
                "",
                "",
                EffortRule.AUTOMATIC.points(),
                EffortRule.AUTOMATIC.rule()));
    }

    CheckReport.Summary summary() {
        Map<String, List<CheckReport.Finding>> byModule = new TreeMap<>();
        all.stream()
                .filter(finding -> !finding.module().isEmpty())
                .forEach(finding -> byModule.computeIfAbsent(finding.module(), module -> new ArrayList<>())
                        .add(finding));
        List<CheckReport.ModuleSummary> modules = new ArrayList<>();
        byModule.forEach((module, findings) -> modules.add(sum(module, findings)));
        CheckReport.ModuleSummary total = sum("", all);
        return new CheckReport.Summary(
                total.callSites(),
                total.automatic(),
                total.manual(),
                total.files(),
                total.effortMinutes(),
                total.effortPoints(),
                modules);
    }

    private static CheckReport.ModuleSummary sum(String module, List<CheckReport.Finding> findings) {
        Set<String> files = new LinkedHashSet<>();
        long callSites = 0;
        long automatic = 0;
        long min = 0;
        long max = 0;
        long points = 0;
        for (CheckReport.Finding finding : findings) {
            callSites += finding.kind() == CheckReport.Kind.SOURCE && !finding.isGap() ? 1 : 0;
            automatic += finding.automatic() ? 1 : 0;
            points += finding.effortPoints();
            if (finding.kind() != CheckReport.Kind.DATA) {
                files.add(finding.file());
            }
            if (!finding.automatic()) {
                min += finding.effortMinutes().min();
                max += finding.effortMinutes().max();
            }
        }
        return new CheckReport.ModuleSummary(
                module,
                callSites,
                automatic,
                findings.size() - automatic,
                files.size(),
                new CheckReport.Effort(min, max),
                points);
    }

    private static String id(String kind, String where, String line, String what) {
        String text = kind + "|" + where + "|" + line + "|" + what;
        return ContentStore.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }
}
