package io.cachemigrator.migrator.testkit;

/** A map whose key space has keys of every type. */
public final class CollectionMap {
    /** The map. */
    public static final String YAML = """
            format: 1
            family: shop
            title: What the shop keeps in Redis
            keySpaces:
              - name: things
                pattern: "shop:{id}"
                redisTypes: [string, hash, set, list, zset]
                encodings: [json, pickle, gzip-json, opaque]
                ttl: 1h
                strategy: copy
                target: { region: things, id: "{id}" }
            """;

    private CollectionMap() {}

    /** Names the map in a project. */
    public static TestProject in(TestProject project) {
        return project.file("shop.yml", YAML).file("migrator.yml", "stage-wait: PT0S\nmaps: [shop.yml]\n");
    }
}
