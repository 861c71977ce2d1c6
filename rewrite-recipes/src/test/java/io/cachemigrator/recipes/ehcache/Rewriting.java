package io.cachemigrator.recipes.ehcache;

import static org.openrewrite.java.Assertions.java;

import java.util.concurrent.atomic.AtomicReference;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.SourceSpecs;

/** Runs the recipe and gives what it makes, which has to differ from what was there. */
record Rewriting(RewriteTest test, SourceSpecs beside) {
    String of(String before) {
        AtomicReference<String> made = new AtomicReference<>(before);
        test.rewriteRun(
                beside,
                java(
                        before,
                        spec -> spec.after(after -> {
                            made.set(after);
                            return after;
                        })));
        return made.get();
    }
}
