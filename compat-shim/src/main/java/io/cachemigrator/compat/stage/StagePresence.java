package io.cachemigrator.compat.stage;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a running process has seen of the stage. All its calls that were begun under another stage have ended.
 *
 * @param process id of the process: its number, its host, and a random part
 * @param stage by which it routes all of its calls
 * @param overridden whether its environment overrides the stage, so that it follows no change
 * @param behind changes that it could not yet hand over to the other layout; 0 or more
 */
public record StagePresence(String process, Stage stage, boolean overridden, long behind) {
    /** How long a report holds. */
    static final Duration LIFE = Duration.ofSeconds(10);

    private static final Pattern TEXT = Pattern.compile("([A-Z_0-9()]{1,20});(store|override);(\\d{1,18});(\\d{1,18})");

    /** As it is kept, with the time of the report in milliseconds since the epoch. */
    String text(long millis) {
        return stage.text() + ";" + (overridden ? "override" : "store") + ";" + behind + ";" + millis;
    }

    /** Reads a report that still holds at a time; empty for one that does not, and for what is no report. */
    static Optional<StagePresence> parse(String process, String text, long nowMillis) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches() || nowMillis - Long.parseLong(matcher.group(4)) > LIFE.toMillis()) {
            return Optional.empty();
        }
        try {
            Stage stage = Stage.parse(matcher.group(1));
            boolean overridden = matcher.group(2).equals("override");
            return Optional.of(new StagePresence(process, stage, overridden, Long.parseLong(matcher.group(3))));
        } catch (IllegalArgumentException noStage) {
            return Optional.empty();
        }
    }
}
