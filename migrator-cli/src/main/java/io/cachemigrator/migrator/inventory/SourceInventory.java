package io.cachemigrator.migrator.inventory;

import java.util.List;
import java.util.Set;

/**
 * What an inventory found.
 *
 * @param uses places that use a legacy cache of a family that can only be found, by file and line
 * @param gaps what keeps the inventory from being complete, by file and line
 * @param compared uses in sources of the families that somebody else finds, by file and line
 * @param typed files that were read in full and in which every type is known, by path
 * @param leftOut what was left out on purpose, a line each
 * @param files how many source files there are
 * @param read how many of them may hold a legacy use, and were read in full
 */
public record SourceInventory(
        List<LegacyUse> uses,
        List<Gap> gaps,
        List<LegacyUse> compared,
        Set<String> typed,
        List<String> leftOut,
        int files,
        int read) {}
