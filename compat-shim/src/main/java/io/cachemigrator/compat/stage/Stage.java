package io.cachemigrator.compat.stage;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the roll-out of the consolidated service stands. */
public sealed interface Stage {

    /** The stage as users write it: {@code LEGACY}, {@code CANARY(25)}. */
    String text();

    /** Before: the legacy layout is read and written. */
    record Legacy() implements Stage {
        @Override
        public String text() {
            return "LEGACY";
        }
    }

    /** Legacy, with consolidated reads aside that are compared. */
    record Shadow() implements Stage {
        @Override
        public String text() {
            return "SHADOW";
        }
    }

    /** Legacy is read; both are written. */
    record DualWrite() implements Stage {
        @Override
        public String text() {
            return "DUAL_WRITE";
        }
    }

    /**
     * Consolidated is read for a share of the keys; both are written.
     *
     * @param percent share of the keys, 1 to 100
     */
    record Canary(int percent) implements Stage {
        /** Checks the range. */
        public Canary {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("A canary takes 1 to 100 percent of the keys, and this one "
                        + percent + ". Correct the stage.");
            }
        }

        @Override
        public String text() {
            return "CANARY(" + percent + ")";
        }
    }

    /** Consolidated is read; both are written until the mirror is switched off. */
    record Consolidated() implements Stage {
        @Override
        public String text() {
            return "CONSOLIDATED";
        }
    }

    /**
     * Reads what {@link #text()} writes, in any case; a percent sign after the number is accepted.
     *
     * @throws IllegalArgumentException if it is no stage
     */
    static Stage parse(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        Matcher canary = Pattern.compile("CANARY\\((\\d{1,3})%?\\)").matcher(name);
        if (canary.matches()) {
            return new Canary(Integer.parseInt(canary.group(1)));
        }
        return switch (name) {
            case "LEGACY" -> new Legacy();
            case "SHADOW" -> new Shadow();
            case "DUAL_WRITE" -> new DualWrite();
            case "CONSOLIDATED" -> new Consolidated();
            default ->
                throw new IllegalArgumentException("'" + text.strip() + "' is not a stage; allowed: LEGACY,"
                        + " SHADOW, DUAL_WRITE, CANARY(1 to 100), CONSOLIDATED. Correct the stage.");
        };
    }
}
