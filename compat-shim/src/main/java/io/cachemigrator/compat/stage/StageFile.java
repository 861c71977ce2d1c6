package io.cachemigrator.compat.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stage in a file: the first line that is neither blank nor a comment, as {@link Stage#text()} or {@code stage=} before
 * it. Read again at most every second. A file that cannot be read, or holds no stage, keeps the stage that was. Thread
 * safe.
 */
final class StageFile implements StageSource {
    private static final Logger LOG = LoggerFactory.getLogger(StageFile.class);
    private static final long INTERVAL_MILLIS = 1_000;
    private static final int MAX_BYTES = 4_096;

    private final Path file;
    private final Clock clock;
    private volatile Seen seen;
    private @Nullable String complaint;

    /**
     * Reads the file.
     *
     * @throws IllegalStateException if it cannot be read or holds no stage
     */
    StageFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        try {
            this.seen = new Seen(read(), clock.millis());
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The stage file '" + file + "' cannot be used: " + why(e)
                            + " Write a stage into it, or unset CACHE_STAGE_FILE.",
                    e);
        }
    }

    @Override
    public Stage current() {
        Seen last = seen;
        long now = clock.millis();
        // a clock that was set back would else stop us from looking for as long
        boolean due = now - last.at() >= INTERVAL_MILLIS || now < last.at();
        return due ? look(now) : last.stage();
    }

    private synchronized Stage look(long now) {
        Stage stage = seen.stage();
        try {
            stage = read();
            complaint = null;
        } catch (IOException | IllegalArgumentException e) {
            String reason = why(e);
            if (!Objects.equals(reason, complaint)) {
                LOG.error("The stage file '{}' cannot be used, the stage stays {}: {}", file, stage.text(), reason);
                complaint = reason;
            }
        }
        seen = new Seen(stage, now);
        return stage;
    }

    private Stage read() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES);
        }
        String line = new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty() && !each.startsWith("#"))
                .findFirst()
                .orElse("");
        return Stage.parse(line.replaceFirst("^stage\\s*=\\s*", ""));
    }

    private static String why(Exception failure) {
        return failure instanceof IOException
                ? failure.getClass().getSimpleName() + "."
                : String.valueOf(failure.getMessage());
    }

    /** A stage and when it was read, in milliseconds since the epoch. */
    private record Seen(Stage stage, long at) {}
}
