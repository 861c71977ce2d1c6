package io.cachemigrator.cache;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A load of a value, or a wait for one, for Flight Recorder. It tells no id, as ids may be secrets. */
@Name("io.cachemigrator.Load")
@Label("Cache Load")
@Description("A load of a value into the cache service, or a caller's wait for another's load of it")
@Category({"Cache Migrator", "Cache Service"})
@StackTrace(false)
final class LoadEvent extends Event {
    @Label("Region")
    String region = "";

    @Label("Outcome")
    @Description("loaded; null: the loader gave none; failed: it threw; found: another process had loaded meanwhile; "
            + "shared: got from another caller's load; timed out: that took too long")
    String outcome = "";

    @Label("Waited")
    @Description("Whether it waited for another's load of the same value")
    boolean waited;

    /** Begins now. */
    static LoadEvent begun(String region) {
        LoadEvent event = new LoadEvent();
        event.region = region;
        event.begin();
        return event;
    }

    /** Ends now. */
    void ended(Outcome how) {
        end();
        if (shouldCommit()) {
            outcome = how.text;
            commit();
        }
    }

    /** How it ended. */
    enum Outcome {
        LOADED("loaded"),
        NULL("null"),
        FAILED("failed"),
        FOUND("found"),
        SHARED("shared"),
        TIMED_OUT("timed out");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }
    }
}
