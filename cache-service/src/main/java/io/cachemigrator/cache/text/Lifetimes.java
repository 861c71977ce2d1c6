package io.cachemigrator.cache.text;

import java.time.Duration;

/** Times to live as commands give them. */
final class Lifetimes {
    static final long SECOND = 1_000;
    static final long MILLISECOND = 1;

    /** Longer ones would be taken for none by a region. */
    private static final long LONGEST = Duration.ofDays(365_000).toMillis();

    private Lifetimes() {}

    /** The time to live of a text that is written. */
    static Duration ofWrite(long amount, long unitMillis, String command) {
        if (amount <= 0) {
            throw refused(command, amount, "a positive one");
        }
        return ofExpiry(amount, unitMillis, command);
    }

    /** The time to live that a text is given later; zero and less remove it. */
    static Duration ofExpiry(long amount, long unitMillis, String command) {
        if (amount > LONGEST / unitMillis) {
            throw refused(command, amount, "at most a thousand years");
        }
        return amount <= 0 ? Duration.ZERO : Duration.ofMillis(amount * unitMillis);
    }

    private static TextCacheDataException refused(String command, long amount, String allowed) {
        return new TextCacheDataException(
                "ERR invalid expire time in '" + command + "' command: " + amount + ". Give " + allowed + ".");
    }
}
