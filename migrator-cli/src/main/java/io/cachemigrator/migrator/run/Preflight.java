package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.check.Readiness;
import io.cachemigrator.migrator.check.ReadinessFinding;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.report.Progress;
import java.util.List;
import java.util.Map;

/** The first step: what check calls a blocker stops the run before it changes anything. */
final class Preflight {
    private Preflight() {}

    static StepOutcome run(RunContext context) {
        List<ReadinessFinding> findings = Readiness.of(
                context.workspace(), context.maps(), context.plan().estimate().bytes(), context.hasData());
        List<ReadinessFinding> blockers =
                findings.stream().filter(ReadinessFinding::blocker).toList();
        Progress progress = context.progress();
        findings.stream()
                .filter(finding -> !finding.blocker())
                .forEach(finding -> progress.line("  warning: " + finding.message()));
        if (!blockers.isEmpty()) {
            ReadinessFinding first = blockers.get(0);
            throw new MigratorException(
                    first.code() == null ? ErrorCode.BLOCKED : first.code(),
                    "The migration cannot start" + (blockers.size() > 1 ? " (" + blockers.size() + " blockers)." : "."),
                    first.message(),
                    first.fix());
        }
        return StepOutcome.applied(Map.of(), findings.isEmpty() ? "ready" : findings.size() + " warnings");
    }
}
