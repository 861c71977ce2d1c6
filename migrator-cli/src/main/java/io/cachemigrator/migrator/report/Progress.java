package io.cachemigrator.migrator.report;

/** Takes a line of progress; lines are for people and may be dropped. */
@FunctionalInterface
public interface Progress {

    /** Drops every line. */
    Progress NONE = text -> {};

    /** One line, without line end. */
    void line(String text);
}
