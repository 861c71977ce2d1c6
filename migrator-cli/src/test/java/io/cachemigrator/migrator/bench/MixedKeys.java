package io.cachemigrator.migrator.bench;

import io.cachemigrator.map.MapResult;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.MigrationMaps;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Keys for measurements: of 20, 16 strings with a time to live, 3 hashes and a sorted set; about 310 bytes each. */
final class MixedKeys {
    static final MigrationMap MAP = ((MapResult.Valid) MigrationMaps.parse("""
                            format: 1
                            family: mixed
                            title: Mixed keys
                            keySpaces:
                              - name: mixed
                                pattern: "mix:{id}"
                                redisTypes: [string, hash, zset]
                                encodings: [json]
                                ttl: 1h
                                strategy: copy
                                target: { region: mixed, id: "{id}" }
                            """, "mixed")).map();

    private static final int BATCH = 1_000;
    private static final int OF = 20;
    private static final int STRINGS = 16;
    private static final int HASHES = 3;

    private MixedKeys() {}

    static void load(Jedis redis, long keys) {
        for (long from = 0; from < keys; from += BATCH) {
            Pipeline pipeline = redis.pipelined();
            for (long i = from; i < Math.min(keys, from + BATCH); i++) {
                load(pipeline, i);
            }
            pipeline.sync();
        }
    }

    private static void load(Pipeline pipeline, long number) {
        String key = "mix:" + number;
        if (number % OF < STRINGS) {
            pipeline.psetex(key, 86_400_000 + number, text(number));
        } else if (number % OF < STRINGS + HASHES) {
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < 8; i++) {
                fields.put("field-" + i, "value " + i + " of the hash " + number + ", \"quoted\" for good measure");
            }
            pipeline.hset(key, fields);
        } else {
            Map<String, Double> members = new HashMap<>();
            for (int i = 0; i < 12; i++) {
                members.put("member-" + i + "-of-" + number, 1_754_223_330.0 + i + number % 1_000 / 8.0);
            }
            pipeline.zadd(key, members);
        }
    }

    private static String text(long number) {
        return "{\"id\": " + number + ", \"state\": \"open\", \"score\": 0." + number % 1_000 + ", \"messages\": [\""
                + "what a customer has said ".repeat(6) + "\", \"" + "and what was answered ".repeat(3) + "\"]}";
    }
}
