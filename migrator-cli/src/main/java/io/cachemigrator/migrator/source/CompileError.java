package io.cachemigrator.migrator.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the compiler has against a file.
 *
 * @param where file, line and the compiler's words; the file is empty when the error is of no file
 * @param unresolved whether the compiler did not find a name, a package or a class, as with an incomplete class path
 */
record CompileError(SourceProblem where, boolean unresolved) {

    /** The path of its file; empty when it is of none. */
    String file() {
        return where.file();
    }

    /** In words, with its place. */
    String words() {
        return where.file() + ":" + where.line() + ": " + where.message();
    }

    /** Those of {@code after} that {@code before} lacks, compared by file and message: lines move when code is rewritten. */
    static List<CompileError> added(List<CompileError> before, List<CompileError> after) {
        Map<String, Integer> known = new HashMap<>();
        before.forEach(error -> known.merge(error.key(), 1, Integer::sum));
        List<CompileError> added = new ArrayList<>();
        for (CompileError error : after) {
            if (known.merge(error.key(), -1, Integer::sum) < 0) {
                added.add(error);
            }
        }
        return added;
    }

    private String key() {
        return where.file() + '\n' + where.message();
    }
}
