package io.cachemigrator.migrator.source;

import java.util.List;

/**
 * What the sources of a project hold and what becomes of it.
 *
 * @param files Java files read
 * @param callSites every legacy call site, by file and line
 * @param patches files that change, by path
 * @param untyped references whose type could not be found, so that a legacy use might hide behind them
 * @param problems files that could not be read, and dependencies that could not be found
 * @param compileErrors what the compiler says of the project as it is; empty when it compiles or has no sources
 */
public record SourceAnalysis(
        int files,
        List<CallSite> callSites,
        List<SourcePatch> patches,
        List<SourceProblem> untyped,
        List<SourceProblem> problems,
        List<SourceProblem> compileErrors) {

    /** Of a project without sources. */
    public static final SourceAnalysis NONE =
            new SourceAnalysis(0, List.of(), List.of(), List.of(), List.of(), List.of());
}
