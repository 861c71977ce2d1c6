package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.source.SourceAnalysis;
import io.cachemigrator.migrator.source.SourceProblem;
import java.util.List;
import java.util.stream.Stream;

/** What keeps the rewriting from being complete or from being judged, in words. */
public final class Findings {
    private Findings() {}

    /** Of an analysis: what is not covered, then what did not compile before anything was rewritten. */
    public static List<String> of(SourceAnalysis source) {
        return Stream.concat(
                        source.problems().stream().map(SourceProblem::display),
                        source.compileErrors().stream().map(Findings::notOurs))
                .toList();
    }

    /** An error that was there before. */
    static String notOurs(SourceProblem error) {
        return error.file() + ":" + error.line() + " did not compile before the rewriting either: " + error.message();
    }
}
