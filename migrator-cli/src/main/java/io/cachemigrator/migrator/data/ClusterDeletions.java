package io.cachemigrator.migrator.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the service remembers of deletions in a cluster, which is on one of the masters for all entries. It is written before an
 * entry is deleted, so whoever writes a copy and finds no deletion after that has written what is deleted later, if at all.
 */
final class ClusterDeletions {
    private static final int PART = 3;
    /** What stands for all ids of a region. */
    static final String ALL = "*";

    private final ClusterLinks<RedisTarget> links;
    private final String prefix;

    ClusterDeletions(ClusterLinks<RedisTarget> links, String prefix) {
        this.links = links;
        this.prefix = prefix;
    }

    private byte[] record(String region) {
        return (prefix + "{!}deleted:" + region).getBytes(StandardCharsets.UTF_8);
    }

    /** Does something on the master that has the memory. */
    <T> T onMaster(Function<RedisTarget, T> work) {
        return links.<String, T>onMasters(
                        List.of(record("")), List.of(""), (target, unused) -> List.of(work.apply(target)))
                .get(0);
    }

    /** Which of the places' entries may have been deleted at a time, in microseconds by that master's clock, or later. */
    List<Boolean> since(List<CopyTarget.Place> entries, long micros) {
        Map<String, List<Integer>> byRegion = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            byRegion.computeIfAbsent(entries.get(i).region(), region -> new ArrayList<>())
                    .add(i);
        }
        Boolean[] deleted = new Boolean[entries.size()];
        byRegion.forEach((region, places) -> {
            List<String> parts = new ArrayList<>(List.of(ALL));
            places.forEach(i -> parts.add(partOf(entries.get(i).id())));
            List<Long> times = onMaster(target -> target.times(record(region), parts));
            for (int k = 0; k < places.size(); k++) {
                deleted[places.get(k)] = Math.max(times.get(0), times.get(k + 1)) >= micros;
            }
        });
        return List.of(deleted);
    }

    /** What ids are remembered by together, as the service's {@code records.lua} has it. */
    static String partOf(String id) {
        return RedisScript.sha1(id.getBytes(StandardCharsets.UTF_8)).substring(0, PART);
    }
}
