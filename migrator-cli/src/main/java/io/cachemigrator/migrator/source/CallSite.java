package io.cachemigrator.migrator.source;

import org.jspecify.annotations.Nullable;

/**
 * A place in the sources that uses a legacy API.
 *
 * @param file path in the project, with forward slashes
 * @param line its line, from 1
 * @param family legacy family
 * @param api what is used, such as {@code RedisCacheService.get}
 * @param replacement what takes its place
 * @param disposition what the rewriting makes of it
 * @param reasonCode why it is refused or adapted; null when it is rewritten
 * @param reason the same in words; null when it is rewritten
 * @param complexity {@code low}, {@code medium} or {@code high}
 * @param minMinutes least effort, in minutes
 * @param maxMinutes most effort, in minutes
 * @param rule which rule of the map says so
 */
public record CallSite(
        String file,
        int line,
        String family,
        String api,
        String replacement,
        Disposition disposition,
        @Nullable String reasonCode,
        @Nullable String reason,
        String complexity,
        int minMinutes,
        int maxMinutes,
        String rule) {

    /** What the rewriting makes of a call site. */
    public enum Disposition {
        /** Rewritten to the new API. */
        REWRITTEN,
        /** Rewritten over an adapter that keeps the old behaviour. */
        ADAPTED,
        /** Left as it is, with a reason. */
        REFUSED
    }
}
