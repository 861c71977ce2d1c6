package io.cachemigrator.cache.tier.timed;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** An operation of the disk or Redis tier, for Flight Recorder; by default only those of 10 ms and more. */
@Name("io.cachemigrator.TierOperation")
@Label("Cache Tier Operation")
@Description("An operation of the disk or Redis tier of the cache service")
@Category({"Cache Migrator", "Cache Service"})
@Threshold("10 ms")
@StackTrace(false)
final class TierOperationEvent extends Event {
    @Label("Tier")
    String tier = "";

    @Label("Region")
    String region = "";

    @Label("Operation")
    String operation = "";

    @Label("Entries")
    int entries;

    @Label("Failed")
    boolean failed;
}
