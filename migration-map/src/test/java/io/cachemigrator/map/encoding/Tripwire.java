package io.cachemigrator.map.encoding;

/** Leaves a trace as soon as it is initialised; named by hostile test data and by nothing else. */
final class Tripwire {
    static {
        System.setProperty("tripwire.loaded", "yes");
    }

    private Tripwire() {}
}
