package io.cachemigrator.migrator.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a project's tests ended.
 *
 * @param exitCode of the command
 * @param passed names of tests that passed, as reports tell them; empty without reports
 * @param failed names of tests that failed
 */
record TestOutcome(int exitCode, Set<String> passed, Set<String> failed) {
    private static final String EXIT = "exit ";
    private static final String PASSED = "passed ";
    private static final String FAILED = "failed ";

    /** A line for each test. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(EXIT + exitCode);
        passed.forEach(name -> lines.add(PASSED + name));
        failed.forEach(name -> lines.add(FAILED + name));
        return String.join("\n", lines) + "\n";
    }

    /** From lines. */
    static TestOutcome of(String text) {
        int exitCode = 0;
        Set<String> passed = new TreeSet<>();
        Set<String> failed = new TreeSet<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(EXIT)) {
                exitCode = Integer.parseInt(line.substring(EXIT.length()));
            } else if (line.startsWith(PASSED)) {
                passed.add(line.substring(PASSED.length()));
            } else if (line.startsWith(FAILED)) {
                failed.add(line.substring(FAILED.length()));
            }
        }
        return new TestOutcome(exitCode, passed, failed);
    }

    /** What is worse than it was, in words: tests that passed and do not now, or a command that ended well and does not now. */
    List<String> worseThan(TestOutcome before) {
        Set<String> lost = new TreeSet<>(before.passed());
        lost.removeAll(passed);
        List<String> worse = new ArrayList<>(lost);
        failed.stream()
                .filter(name -> !before.failed().contains(name) && !lost.contains(name))
                .forEach(worse::add);
        if (worse.isEmpty() && exitCode != 0 && before.exitCode() == 0) {
            worse.add("the command, which ended with " + exitCode);
        }
        return worse;
    }
}
