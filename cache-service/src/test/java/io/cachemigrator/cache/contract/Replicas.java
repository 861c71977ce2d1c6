package io.cachemigrator.cache.contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;

/** Waits for replicas. Redis replicates in its own time: what has not arrived is lost when the master dies. */
final class Replicas {
    private static final Pattern MASTER = Pattern.compile("master_repl_offset:(\\d+)");
    private static final Pattern REPLICA = Pattern.compile("slave\\d+:.*state=online,offset=(\\d+)");

    private Replicas() {}

    /** Returns when a replica has what the master at a port has. */
    static void awaitInStep(int port) throws Exception {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            Eventually.await("the replica is in step", () -> {
                String state = jedis.info("replication");
                Matcher master = MASTER.matcher(state);
                Matcher replica = REPLICA.matcher(state);
                return master.find() && replica.find() && replica.group(1).equals(master.group(1));
            });
        }
    }
}
