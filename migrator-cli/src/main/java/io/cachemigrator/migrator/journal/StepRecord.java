package io.cachemigrator.migrator.journal;

/**
 * A step of a run.
 *
 * @param ordinal place in the run, from 0
 * @param name step's name
 * @param state where it stands
 * @param detail what it did, as JSON
 * @param durationMs milliseconds it took so far
 */
public record StepRecord(int ordinal, String name, StepState state, String detail, long durationMs) {}
