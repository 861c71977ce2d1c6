package io.cachemigrator.compat.deprecation;

import java.time.Instant;

/**
 * A place in the application that calls a legacy API, and how often it did.
 *
 * @param className class that calls
 * @param method its method
 * @param line line in its source; negative when unknown
 * @param api what it calls, as {@code RedisCacheService.get}
 * @param replacement what to call instead
 * @param calls calls so far
 * @param lastSeen when it called last
 */
public record CallSite(
        String className, String method, int line, String api, String replacement, long calls, Instant lastSeen) {

    /** The place, as {@code com.example.Desk.answer(42)}. */
    public String place() {
        return className + "." + method + "(" + (line < 0 ? "?" : String.valueOf(line)) + ")";
    }
}
