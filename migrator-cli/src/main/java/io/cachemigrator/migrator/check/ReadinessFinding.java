package io.cachemigrator.migrator.check;

import io.cachemigrator.migrator.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Something that stands in the way of a migration, or that its users should know.
 *
 * @param blocker whether a migration refuses to start because of it
 * @param code error that a migration would end with; null = the general one
 * @param message what it is
 * @param fix what to do about it
 */
public record ReadinessFinding(boolean blocker, @Nullable ErrorCode code, String message, String fix) {

    static ReadinessFinding blocker(@Nullable ErrorCode code, String message, String fix) {
        return new ReadinessFinding(true, code, message, fix);
    }

    static ReadinessFinding warning(String message, String fix) {
        return new ReadinessFinding(false, null, message, fix);
    }
}
