package io.cachemigrator.migrator.check;

import io.cachemigrator.migrator.report.JunitReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what a check found as JUnit XML, a test case for each file that has findings in its sources or settings. */
public final class CheckReports {
    private CheckReports() {}

    /** Writes a file that build servers read as test results. */
    public static void junit(CheckReport report, Path file) {
        Map<String, List<String>> failures = new TreeMap<>();
        for (CheckReport.Finding finding : report.findings()) {
            if (finding.line() > 0) {
                failures.computeIfAbsent(finding.file(), name -> new ArrayList<>())
                        .add(finding.file() + ":" + finding.line() + " " + finding.api() + " -> "
                                + finding.replacement() + " (" + (finding.automatic() ? "automatic" : "manual") + ", "
                                + finding.effortPoints() + " points)");
            }
        }
        JunitReport.write("legacy-inventory", failures, "findings", "all files", file);
    }
}
