package io.cachemigrator.compat.deprecation;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The first call of a legacy API by a call site, in recordings of the virtual machine. */
@Name("io.cachemigrator.LegacyCall")
@Label("Legacy Cache Call")
@Description("A call site calls a legacy cache API for the first time")
@Category({"Cache Migrator", "Legacy"})
@StackTrace(false)
final class LegacyCallEvent extends Event {
    @Label("Call Site")
    String site = "";

    @Label("API")
    String api = "";

    @Label("Replacement")
    String replacement = "";

    /** Puts it into a recording, if there is one. */
    static void of(CallSite site) {
        LegacyCallEvent event = new LegacyCallEvent();
        if (event.shouldCommit()) {
            event.site = site.place();
            event.api = site.api();
            event.replacement = site.replacement();
            event.commit();
        }
    }
}
