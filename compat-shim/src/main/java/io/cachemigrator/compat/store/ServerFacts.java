package io.cachemigrator.compat.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a legacy health report tells of a server, from Redis' own report. */
public final class ServerFacts {
    /** Name of the version. */
    public static final String VERSION = "version";
    /** Name of the memory in use, as text with a unit. */
    public static final String USED_MEMORY = "usedMemory";
    /** Name of the number of clients. */
    public static final String CONNECTED_CLIENTS = "clients";

    /** Names that the consolidated service uses too, by those of Redis. */
    private static final Map<String, String> NAMES =
            Map.of("redis_version", VERSION, "used_memory_human", USED_MEMORY, "connected_clients", CONNECTED_CLIENTS);

    private ServerFacts() {}

    /** The facts in a report, by the names above; those that it does not have are left out. */
    public static Map<String, String> of(String info) {
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
