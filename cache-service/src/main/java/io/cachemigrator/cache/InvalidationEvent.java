package io.cachemigrator.cache;

import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An invalidation of a region's entries, for Flight Recorder. It tells neither tags nor prefixes, as they may be secrets. */
@Name("io.cachemigrator.Invalidation")
@Label("Cache Invalidation")
@Description("An invalidation of entries of the cache service")
@Category({"Cache Migrator", "Cache Service"})
@StackTrace(false)
final class InvalidationEvent extends Event {
    @Label("Region")
    @Description("The region's name; * stands for all")
    String region = "";

    @Label("Kind")
    @Description("tags or prefix")
    String kind = "";

    @Label("Names")
    @Description("How many tags or prefixes")
    int names;

    @Label("Recorded")
    @Description("Whether the authoritative tier has recorded it")
    boolean recorded;

    /** Makes an invalidation and tells of it. */
    static InvalidationOutcome told(String region, String kind, int names, Supplier<InvalidationOutcome> work) {
        InvalidationEvent event = new InvalidationEvent();
        event.begin();
        InvalidationOutcome outcome = work.get();
        event.end();
        if (event.shouldCommit()) {
            event.region = region;
            event.kind = kind;
            event.names = names;
            event.recorded = outcome.recorded();
            event.commit();
        }
        return outcome;
    }
}
