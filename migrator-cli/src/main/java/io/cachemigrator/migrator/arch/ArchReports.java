package io.cachemigrator.migrator.arch;

import io.cachemigrator.migrator.report.JunitReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what the check of classes found as JUnit XML, a test case for each class that has new uses. */
public final class ArchReports {
    private static final String RULE = "no-new-legacy-usage";

    private ArchReports() {}

    /** Writes a file that build servers read as test results. */
    public static void junit(ArchReport report, Path file) {
        Map<String, List<String>> failures = new TreeMap<>();
        for (ArchReport.Violation violation : report.violations()) {
            failures.computeIfAbsent(violation.origin(), origin -> new ArrayList<>())
                    .add(violation.file() + ":" + violation.line() + " uses " + violation.use() + "; use "
                            + violation.replacement());
        }
        report.unreadable()
                .forEach(name -> failures.computeIfAbsent(name, each -> new ArrayList<>())
                        .add("its class file cannot be read"));
        JunitReport.write(RULE, failures, "new uses of legacy caches", "all classes", file);
    }
}
