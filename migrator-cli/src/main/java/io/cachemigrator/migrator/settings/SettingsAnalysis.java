package io.cachemigrator.migrator.settings;

import java.util.List;

/**
 * What the settings files of a project hold.
 *
 * @param changes a file each that holds legacy settings, by path
 * @param problems files that cannot be read
 */
public record SettingsAnalysis(List<SettingsChange> changes, List<Problem> problems) {

    /**
     * A file that cannot be read.
     *
     * @param path path in the project
     * @param line line at fault, from 1
     * @param reason what is wrong with it
     */
    public record Problem(String path, int line, String reason) {}
}
