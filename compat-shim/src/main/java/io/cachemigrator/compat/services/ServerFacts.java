package io.cachemigrator.compat.services;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the legacy health report tells of a server, from Redis' own report. */
final class ServerFacts {
    static final String VERSION = "version";
    static final String USED_MEMORY = "usedMemory";
    static final String CONNECTED_CLIENTS = "clients";

    /** Names that the consolidated service uses too, by those of Redis. */
    private static final Map<String, String> NAMES =
            Map.of("redis_version", VERSION, "used_memory_human", USED_MEMORY, "connected_clients", CONNECTED_CLIENTS);

    private ServerFacts() {}

    static Map<String, String> of(String info) {
        Map<String, String> facts = new LinkedHashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            String name = colon < 0 ? null : NAMES.get(line.substring(0, colon));
            if (name != null) {
                facts.put(name, line.substring(colon + 1).strip());
            }
        });
        return facts;
    }
}
