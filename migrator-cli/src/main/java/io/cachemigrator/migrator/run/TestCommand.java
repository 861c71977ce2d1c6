package io.cachemigrator.migrator.run;

import java.time.Duration;

/**
 * How a project's own tests are run.
 *
 * @param command for the system's shell; never written anywhere
 * @param limit longest that it may take
 */
public record TestCommand(String command, Duration limit) {
    @Override
    public String toString() {
        return "TestCommand[" + limit + "]";
    }
}
