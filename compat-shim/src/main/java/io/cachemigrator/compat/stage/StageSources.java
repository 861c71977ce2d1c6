package io.cachemigrator.compat.stage;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/** Where the stage is read from, as environment variables say. */
public final class StageSources {
    private static final String OVERRIDE = "USE_CONSOLIDATED_CACHE";
    private static final String FILE = "CACHE_STAGE_FILE";

    private StageSources() {}

    /**
     * {@code USE_CONSOLIDATED_CACHE} ({@code true} is CONSOLIDATED, {@code false} LEGACY) overrides all; else the file that
     * {@code CACHE_STAGE_FILE} names, followed as it changes; else LEGACY.
     *
     * @param clock tells when the file is looked at again
     * @throws IllegalStateException if a variable has another value, or the file cannot be read
     */
    public static StageSource fromEnvironment(Map<String, String> environment, Clock clock) {
        String override = environment.getOrDefault(OVERRIDE, "").strip();
        if (!override.isEmpty()) {
            return StageSource.fixed(consolidated(override) ? new Stage.Consolidated() : new Stage.Legacy());
        }
        String file = environment.getOrDefault(FILE, "").strip();
        return file.isEmpty() ? StageSource.fixed(new Stage.Legacy()) : new StageFile(Path.of(file), clock);
    }

    private static boolean consolidated(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default ->
                throw new IllegalStateException(
                        OVERRIDE + " is '" + text + "'; allowed: true, false. Correct the variable, or unset it.");
        };
    }
}
