package io.cachemigrator.cache.config.source;

import io.cachemigrator.cache.config.SettingNames;
import java.util.Collection;
import java.util.Optional;

/** Compares names of settings. */
final class Names {
    private Names() {}

    /** A name without case, dots, dashes and underscores. */
    static String bare(String name) {
        return SettingNames.bare(name);
    }

    /** The known name that is most like another, if it is like it at all. */
    static Optional<String> nearest(String name, Collection<String> known) {
        return SettingNames.nearest(name, known);
    }
}
