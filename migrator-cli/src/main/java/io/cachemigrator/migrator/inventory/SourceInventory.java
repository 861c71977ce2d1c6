package io.cachemigrator.migrator.inventory;

import java.util.List;

/**
 * What an inventory found.
 *
 * @param uses places that use a legacy cache of a family that can only be found, by file and line
 * @param gaps what keeps the inventory from being complete, by file and line
 * @param leftOut what was left out on purpose, a line each
 * @param files how many source files there are
 * @param read how many of them may hold a legacy use, and were read in full
 */
public record SourceInventory(List<LegacyUse> uses, List<Gap> gaps, List<String> leftOut, int files, int read) {}
