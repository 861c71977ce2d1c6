package io.cachemigrator.compat.stage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What holds the stage of a project for all its processes, and what those processes have seen of it. Every call goes to a
 * disk or a server. Thread safe.
 */
public interface StagePlace extends AutoCloseable {
    /** How long it is kept which legacy call sites a process has seen. */
    Duration USAGE_LIFE = Duration.ofDays(30);

    /** What it is, for people; never a user or a password. */
    String name();

    /**
     * The stage that is set; empty when none was ever set here.
     *
     * @throws StageUnreadableException if it cannot be told
     */
    Optional<Stage> read();

    /**
     * Sets the stage in one step.
     *
     * @throws StageUnreadableException if it cannot be set
     */
    void write(Stage stage);

    /**
     * Takes the stage away, once a project is as if it had never had one.
     *
     * @throws StageUnreadableException if it cannot be removed
     */
    void remove();

    /**
     * Reports what a process has seen; holds for ten seconds.
     *
     * @throws StageUnreadableException if it cannot be reported
     */
    void report(StagePresence presence);

    /**
     * The processes that have reported within the last ten seconds.
     *
     * @throws StageUnreadableException if they cannot be told
     */
    List<StagePresence> present();

    /**
     * Leaves which legacy call sites a process has seen; it replaces what the same process has left before, and goes by itself when
     * nothing came for 30 days.
     *
     * @param text as {@link io.cachemigrator.compat.deprecation.UsageText} writes it
     * @throws StageUnreadableException if it cannot be left
     */
    void reportUsage(String process, String text);

    /**
     * What processes have left of the legacy call sites that they have seen.
     *
     * @throws StageUnreadableException if it cannot be told
     */
    List<String> usage();

    @Override
    void close();
}
