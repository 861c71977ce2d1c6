package io.cachemigrator.map;

/** How a configuration value changes on its way to the replacement key. */
public enum ValueConversion {
    /** It stays as it is. */
    NONE("none"),
    /** A number of seconds becomes an ISO-8601 duration. */
    SECONDS_TO_DURATION("seconds-to-duration"),
    /** It becomes the host of a Redis URI. */
    REDIS_URI_HOST("redis-uri-host"),
    /** It becomes the port of a Redis URI. */
    REDIS_URI_PORT("redis-uri-port"),
    /** It becomes the database number of a Redis URI. */
    REDIS_URI_DATABASE("redis-uri-database");

    private final String text;

    ValueConversion(String text) {
        this.text = text;
    }

    /** The name as a migration map writes it. */
    @Override
    public String toString() {
        return text;
    }
}
