package io.cachemigrator.migrator.command;

/** The toolkit's version. */
final class Version {
    private Version() {}

    /** From the jar's manifest; {@code development} when run from classes. */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
