package io.cachemigrator.map;

/** How a configuration value changes on its way to the replacement key. */
public enum ValueConversion {
    /** It stays as it is. */
    NONE("none"),
    /** A number of seconds becomes an ISO-8601 duration. */
    SECONDS_TO_DURATION("seconds-to-duration"),
    /** A whole number of 1 or more stays; any other is for a person to decide. */
    POSITIVE_COUNT("positive-count"),
    /** Words for yes and no become {@code true} and {@code false}; any other is for a person to decide. */
    FLAG("flag"),
    /** A preset of the legacy factory becomes the one that is nearest; any that has none is for a person to decide. */
    CACHE_PRESET("cache-preset"),
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
