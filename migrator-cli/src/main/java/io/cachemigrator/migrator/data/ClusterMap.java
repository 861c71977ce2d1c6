package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Which master of a cluster serves which slot, as one of its servers told. Immutable. */
final class ClusterMap {
    private static final int SLOTS = 16_384;
    private static final int SLOTS_FIELD = 8;
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");

    private final List<Master> masters;
    private final String text;

    private ClusterMap(List<Master> masters, String text) {
        this.masters = masters;
        this.text = text;
    }

    /**
     * A master.
     *
     * @param id the cluster's name for it
     * @param server where it is
     * @param slots first and last slot of each range that it serves
     */
    record Master(String id, StoreUri.Server server, List<int[]> slots) {}

    /** Asks the servers of a URI one after the other, until one answers. */
    static ClusterMap read(StoreUri uri, String role) {
        MigratorException first = null;
        for (StoreUri.Server server : uri.servers()) {
            try (RedisLink link = RedisLink.openServer(uri, server, role)) {
                return of(link.call(Jedis::clusterNodes), uri, role, server.host());
            } catch (MigratorException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new IllegalStateException("a URI without servers: " + uri) : first;
    }

    /** Lines of {@code id host:port@bus flags master ping pong epoch link slots...}. */
    private static ClusterMap of(String nodes, StoreUri uri, String role, String askedHost) {
        Map<String, Master> byId = new TreeMap<>();
        int served = 0;
        for (String line : nodes.split("\n")) {
            String[] fields = line.strip().split(" ");
            if (fields.length <= SLOTS_FIELD || !List.of(fields[2].split(",")).contains("master")) {
                continue;
            }
            List<int[]> slots = new ArrayList<>();
            for (int i = SLOTS_FIELD; i < fields.length; i++) {
                Matcher range = RANGE.matcher(fields[i]);
                // what stands in brackets is on its way, and listed with its owner
                if (range.matches()) {
                    int first = Integer.parseInt(range.group(1));
                    int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
                    slots.add(new int[] {first, last});
                    served += last - first + 1;
                }
            }
            if (!slots.isEmpty()) {
                byId.put(fields[0], new Master(fields[0], address(fields[1], askedHost), slots));
            }
        }
        if (served < SLOTS) {
            throw new MigratorException(
                    ErrorCode.STORE_UNREACHABLE,
                    "The " + role + " store " + uri + " does not serve every key.",
                    (SLOTS - served) + " of " + SLOTS + " slots have no master.",
                    "Mend the cluster (redis-cli --cluster check), then run the command again.");
        }
        return new ClusterMap(List.copyOf(byId.values()), describe(byId));
    }

    /** A server that has not heard its own address says only its port. */
    private static StoreUri.Server address(String text, String askedHost) {
        String place = text.split("[@,]", 2)[0];
        int colon = place.lastIndexOf(':');
        String host = place.substring(0, colon);
        return new StoreUri.Server(host.isEmpty() ? askedHost : host, Integer.parseInt(place.substring(colon + 1)));
    }

    private static String describe(Map<String, Master> byId) {
        StringBuilder text = new StringBuilder();
        byId.forEach((id, master) -> {
            text.append(id).append(' ');
            master.slots().stream()
                    .sorted(Comparator.comparingInt(range -> range[0]))
                    .forEach(range ->
                            text.append(range[0]).append('-').append(range[1]).append(','));
        });
        return text.toString();
    }

    /** The masters, in an order that stays the same while they do. */
    List<Master> masters() {
        return masters;
    }

    /** Who serves which slots, as text to compare. */
    String text() {
        return text;
    }

    /** The place in {@link #masters()} of the one that serves a key. */
    int masterOf(byte[] key) {
        int slot = JedisClusterCRC16.getSlot(key);
        for (int i = 0; i < masters.size(); i++) {
            for (int[] range : masters.get(i).slots()) {
                if (slot >= range[0] && slot <= range[1]) {
                    return i;
                }
            }
        }
        throw new IllegalStateException("no master serves slot " + slot);
    }

    /** Places of keys in a list, by the master that serves them. */
    Map<Integer, List<Integer>> byMaster(List<byte[]> keys) {
        Map<Integer, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            places.computeIfAbsent(masterOf(keys.get(i)), master -> new ArrayList<>())
                    .add(i);
        }
        return places;
    }

    /** Whether a call failed because a slot moves, so that it succeeds elsewhere or later. */
    static boolean isMoved(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof JedisRedirectionException
                    || message.startsWith("TRYAGAIN")
                    || message.startsWith("CLUSTERDOWN")) {
                return true;
            }
        }
        return false;
    }
}
