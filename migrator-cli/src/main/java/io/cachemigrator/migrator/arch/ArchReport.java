package io.cachemigrator.migrator.arch;

import java.util.List;

/**
 * What the check of compiled classes found.
 *
 * @param rules names of the rules that were checked
 * @param classes how many classes were looked at
 * @param uses how many uses of legacy caches they make in all
 * @param violations uses that were not accepted
 * @param unreadable class files that could not be read, such as those of a newer Java
 * @param gone accepted uses that are not there any more
 * @param accepted uses that this run has added to the store
 * @param store the store's folder
 */
public record ArchReport(
        List<String> rules,
        int classes,
        int uses,
        List<Violation> violations,
        List<String> unreadable,
        int gone,
        int accepted,
        String store) {

    /**
     * A use that was not accepted.
     *
     * @param origin class that makes it
     * @param use legacy member or type that it uses
     * @param file source file, from the project's folder where it was found there
     * @param line line in it; 0 when unknown
     * @param replacement what to use instead
     */
    public record Violation(String origin, String use, String file, int line, String replacement) {}
}
