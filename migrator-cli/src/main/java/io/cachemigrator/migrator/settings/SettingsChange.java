package io.cachemigrator.migrator.settings;

import java.util.List;

/**
 * What becomes of one settings file.
 *
 * @param path path in the project, with forward slashes
 * @param before content as found
 * @param after content as wanted; equal to {@code before} when nothing changes
 * @param diff unified diff in which values that may be secret are hidden; empty when nothing changes
 * @param findings legacy settings in it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the arrays are handed over
public record SettingsChange(String path, byte[] before, byte[] after, String diff, List<SettingsFinding> findings) {

    /** Whether the file changes. */
    public boolean changes() {
        return !java.util.Arrays.equals(before, after);
    }

    @Override
    public String toString() {
        return "SettingsChange[" + path + "]";
    }
}
