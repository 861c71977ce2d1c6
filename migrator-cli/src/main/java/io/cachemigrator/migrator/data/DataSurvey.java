package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeyMatch;
import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.plan.Estimate;
import io.cachemigrator.migrator.plan.PlanKeySpace;
import io.cachemigrator.migrator.project.StoreUri;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts and samples a legacy store without changing it: every key by SCAN with its expiry, sizes of a sample as the
 * server counts them, and values of a sample where reading them cannot decide what the server evicts.
 */
public final class DataSurvey {
    private static final int SCAN_COUNT = 1_000;
    private static final int SIZE_SAMPLE = 100;
    private static final int VALUE_SAMPLE = 300;
    private static final int MAPPING_SAMPLE = 3;
    private static final int UNCLAIMED_SAMPLE = 10;

    private final MapSet maps;
    private final String keyPrefix;
    private final Map<String, Space> spaces = new LinkedHashMap<>();
    private final List<String> unclaimedSamples = new ArrayList<>();
    private final Map<String, Long> excluded = new LinkedHashMap<>();
    private long unclaimed;

    private DataSurvey(MapSet maps, String keyPrefix) {
        this.maps = maps;
        this.keyPrefix = keyPrefix;
    }

    /**
     * What is in a legacy store.
     *
     * @param keySpaces key spaces with keys
     * @param unclaimed keys that no map claims
     * @param unclaimedSamples some of them
     * @param excluded keys that a map leaves, by the reason that it gives
     * @param estimate how much there is to copy
     */
    public record Result(
            List<PlanKeySpace> keySpaces,
            long unclaimed,
            List<String> unclaimedSamples,
            Map<String, Long> excluded,
            Estimate estimate) {

        /** Nothing to copy. */
        public static final Result EMPTY =
                new Result(List.of(), 0, List.of(), Map.of(), new Estimate(0, 0, 0, "there are no data to move"));
    }

    private static final class Space {
        final KeySpace keySpace;
        final List<byte[]> sample = new ArrayList<>();
        long keys;
        long expiring;
        long lastDeadline;
        boolean endless;
        long sampledBytes;
        int sized;
        List<PlanKeySpace.Mapping> mappings = List.of();

        Space(KeySpace keySpace) {
            this.keySpace = keySpace;
        }

        long bytes() {
            return sized == 0 ? 0 : sampledBytes / sized * keys;
        }
    }

    /** Surveys a store. */
    public static Result of(StoreUri store, MapSet maps, String keyPrefix) {
        try (LegacyReader reader = Stores.openLegacy(store)) {
            return of(reader, maps, keyPrefix);
        }
    }

    private static Result of(LegacyReader reader, MapSet maps, String keyPrefix) {
        DataSurvey survey = new DataSurvey(maps, keyPrefix);
        survey.count(reader);
        @Nullable String policy = reader.evictsByAccess();
        survey.size(reader);
        Estimate estimate = survey.estimate(reader, policy);
        return new Result(
                survey.keySpaces(),
                survey.unclaimed,
                List.copyOf(survey.unclaimedSamples),
                Map.copyOf(survey.excluded),
                estimate);
    }

    private void count(LegacyReader reader) {
        String position = LegacyReader.START;
        do {
            LegacyReader.Page page = reader.scan(position, SCAN_COUNT, null);
            List<byte[]> claimed = new ArrayList<>();
            for (byte[] key : page.keys()) {
                if (countKey(key)) {
                    claimed.add(key);
                }
            }
            deadlines(reader, claimed);
            position = page.next();
        } while (!position.equals(LegacyReader.START));
    }

    private boolean countKey(byte[] key) {
        KeySpace keySpace = maps.keySpace(key);
        if (keySpace != null) {
            Space space = spaces.computeIfAbsent(keySpace.name(), name -> new Space(keySpace));
            space.keys++;
            if (space.sample.size() < VALUE_SAMPLE) {
                space.sample.add(key);
            }
            return true;
        }
        if (maps.match(key) instanceof KeyMatch.Excluded left) {
            excluded.merge(left.exclusion().pattern() + ": " + left.exclusion().reason(), 1L, Long::sum);
        } else if (!new String(key, StandardCharsets.UTF_8).startsWith(keyPrefix)) {
            unclaimed++;
            if (unclaimedSamples.size() < UNCLAIMED_SAMPLE) {
                unclaimedSamples.add(new String(key, StandardCharsets.UTF_8));
            }
        }
        return false;
    }

    private void deadlines(LegacyReader reader, List<byte[]> keys) {
        if (keys.isEmpty()) {
            return;
        }
        List<@Nullable Long> deadlines = reader.deadlines(keys);
        for (int i = 0; i < keys.size(); i++) {
            KeySpace keySpace = maps.keySpace(keys.get(i));
            Space space = keySpace == null ? null : spaces.get(keySpace.name());
            Long deadline = deadlines.get(i);
            if (space != null && deadline != null && deadline != LegacyReader.NO_DEADLINE) {
                space.expiring++;
                space.lastDeadline = Math.max(space.lastDeadline, deadline);
            } else if (space != null && deadline != null) {
                space.endless = true;
            }
        }
    }

    private void size(LegacyReader reader) {
        for (Space space : spaces.values()) {
            List<byte[]> sample = space.sample.subList(0, Math.min(SIZE_SAMPLE, space.sample.size()));
            for (Long size : reader.sizes(sample)) {
                if (size != null) {
                    space.sampledBytes += size;
                    space.sized++;
                }
            }
        }
    }

    private Estimate estimate(LegacyReader reader, @Nullable String policy) {
        long keys = 0;
        long bytes = 0;
        for (Space space : spaces.values()) {
            if (DataCopy.isCopied(space.keySpace)) {
                keys += space.keys;
                bytes += space.bytes();
            }
        }
        if (policy != null) {
            spaces.values().forEach(space -> space.mappings = names(space));
            return new Estimate(
                    keys,
                    bytes,
                    keys / 10_000.0,
                    "10,000 keys/s assumed; no value was read, because on this server a read would renew access times,"
                            + " which its policy " + policy + " evicts by");
        }
        long begun = System.nanoTime();
        long sampled = 0;
        for (Space space : spaces.values()) {
            sampled += sampleValues(reader, space);
        }
        double seconds = Math.max((System.nanoTime() - begun) / 1e9, 0.000_1);
        double perSecond = Math.max(1, sampled / seconds) / 2;
        return new Estimate(
                keys,
                bytes,
                keys / perSecond,
                String.format(
                        Locale.ROOT,
                        "measured: %d sampled entries read and translated at %.0f keys/s; writing and reading back taken"
                                + " to cost as much again",
                        sampled,
                        sampled / seconds));
    }

    private static List<PlanKeySpace.Mapping> names(Space space) {
        return space.sample.stream()
                .limit(MAPPING_SAMPLE)
                .map(key -> new PlanKeySpace.Mapping(new String(key, StandardCharsets.UTF_8), "", "value not read"))
                .toList();
    }

    private int sampleValues(LegacyReader reader, Space space) {
        List<PlanKeySpace.Mapping> mappings = new ArrayList<>();
        int read = 0;
        for (int from = 0; from < space.sample.size(); from += 20) {
            for (LegacyEntry entry :
                    reader.read(space.sample.subList(from, Math.min(from + 20, space.sample.size())))) {
                if (entry != null) {
                    read++;
                    Translation translation = maps.translate(entry);
                    if (mappings.size() < MAPPING_SAMPLE) {
                        mappings.add(mapping(entry, translation));
                    }
                }
            }
        }
        space.mappings = mappings;
        return read;
    }

    private PlanKeySpace.Mapping mapping(LegacyEntry entry, Translation translation) {
        String from = new String(entry.key(), StandardCharsets.UTF_8);
        if (translation instanceof Translation.Entry wanted) {
            return new PlanKeySpace.Mapping(
                    from,
                    keyPrefix + wanted.region() + ":" + wanted.id(),
                    wanted.fidelity().name().toLowerCase(Locale.ROOT));
        }
        if (translation instanceof Translation.CounterMerge merge) {
            return new PlanKeySpace.Mapping(
                    from, keyPrefix + merge.region() + ":" + merge.id(), "added to the counter");
        }
        if (translation instanceof Translation.FoldIfAbsent fold) {
            return new PlanKeySpace.Mapping(
                    from,
                    keyPrefix + fold.entry().region() + ":" + fold.entry().id(),
                    "only if the key without the repeated namespace does not exist");
        }
        if (translation instanceof Translation.Quarantined refused) {
            return new PlanKeySpace.Mapping(from, "", "set aside: " + refused.reason() + ", " + refused.detail());
        }
        return translation instanceof Translation.Excluded left
                ? new PlanKeySpace.Mapping(from, "", "left: " + left.exclusion().reason())
                : new PlanKeySpace.Mapping(from, "", "not copied");
    }

    private List<PlanKeySpace> keySpaces() {
        return spaces.values().stream()
                .map(space -> new PlanKeySpace(
                        space.keySpace.name(),
                        maps.familyOf(space.keySpace),
                        space.keySpace.strategy().toString(),
                        space.keys,
                        space.bytes(),
                        space.expiring,
                        space.endless ? -1 : space.lastDeadline,
                        space.mappings,
                        space.keySpace.description()))
                .sorted(java.util.Comparator.comparing(PlanKeySpace::name))
                .toList();
    }
}
