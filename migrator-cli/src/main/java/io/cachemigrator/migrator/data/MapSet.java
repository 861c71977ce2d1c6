package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeyMatch;
import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.RedisType;
import io.cachemigrator.map.encoding.DecodingLimits;
import io.cachemigrator.map.encoding.FernetKeys;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.map.translate.Translator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The maps of the families to migrate, asked in order: the first that claims a key has it. An open key space comes after all
 * others and after what a map leaves, and never claims an entry of the consolidated service. Immutable.
 */
public final class MapSet {
    private static final byte[] CONSOLIDATED = DataMover.KEY_PREFIX.getBytes(StandardCharsets.UTF_8);

    private final List<MigrationMap> maps;
    private final Map<String, String> parameters;
    private final FernetKeys keys;
    private final List<Translator> translators = new ArrayList<>();
    private final @Nullable StoredEntries stored;
    private final @Nullable RedisType usualType;

    /** Of maps, with values of their parameters; each map takes those that it declares. */
    public MapSet(List<MigrationMap> maps, Map<String, String> parameters) {
        this(maps, parameters, FernetKeys.NONE);
    }

    /** Of maps, with values of their parameters and keys for encrypted values. */
    public MapSet(List<MigrationMap> maps, Map<String, String> parameters, FernetKeys keys) {
        this(maps, parameters, keys, null);
    }

    private MapSet(
            List<MigrationMap> maps, Map<String, String> parameters, FernetKeys keys, @Nullable StoredEntries stored) {
        this.stored = stored;
        this.keys = keys;
        this.maps = List.copyOf(maps);
        this.parameters = Map.copyOf(parameters);
        this.usualType = usualType(maps);
        for (MigrationMap map : maps) {
            translators.add(Translator.of(map, own(map), DecodingLimits.DEFAULT, keys));
        }
    }

    /** The same maps for sources and settings; entries come from a store of the consolidated service, and stay as they are. */
    public MapSet forStoredEntries() {
        return new MapSet(maps, parameters, keys, new StoredEntries());
    }

    private Map<String, String> own(MigrationMap map) {
        Map<String, String> own = new LinkedHashMap<>();
        map.parameters().forEach(parameter -> {
            String value = parameters.get(parameter.name());
            if (value != null) {
                own.put(parameter.name(), value);
            }
        });
        return own;
    }

    /** The maps, in order. */
    public List<MigrationMap> maps() {
        return maps;
    }

    /** Values of parameters that differ from the maps' defaults. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** Families, in order. */
    public List<String> families() {
        return maps.stream().map(MigrationMap::family).toList();
    }

    /** The type of nearly every entry that is carried over: where key spaces may have only one; null = they differ. */
    @Nullable
    RedisType usualType() {
        return usualType;
    }

    private static @Nullable RedisType usualType(List<MigrationMap> maps) {
        Set<RedisType> types = maps.stream()
                .flatMap(map -> map.keySpaces().stream())
                .filter(DataCopy::isCopied)
                .flatMap(space -> space.redisTypes().stream())
                .collect(Collectors.toSet());
        return types.size() == 1 ? types.iterator().next() : null;
    }

    /** What becomes of an entry. */
    Translation translate(LegacyEntry entry) {
        if (stored != null) {
            return stored.translate(entry);
        }
        Answer answer = answer(entry.key());
        return answer.translator() == null
                ? Translation.Unclaimed.UNCLAIMED
                : answer.translator().translate(entry);
    }

    /** What is said of a key, and by whom; null = by nobody. */
    private record Answer(@Nullable Translator translator, KeyMatch match) {
        static final Answer NONE = new Answer(null, KeyMatch.Unclaimed.UNCLAIMED);
    }

    private Answer answer(byte[] key) {
        Answer open = Answer.NONE;
        Answer left = Answer.NONE;
        for (Translator translator : translators) {
            KeyMatch match = translator.matcher().match(key);
            if (match instanceof KeyMatch.Claimed claimed && !claimed.keySpace().open()) {
                return new Answer(translator, match);
            }
            left = match instanceof KeyMatch.Excluded ? new Answer(translator, match) : left;
            boolean first = match instanceof KeyMatch.Claimed && open.translator() == null;
            open = first && !isConsolidated(key) ? new Answer(translator, match) : open;
        }
        return left.translator() == null ? open : left;
    }

    private static boolean isConsolidated(byte[] key) {
        return Arrays.equals(key, 0, Math.min(key.length, CONSOLIDATED.length), CONSOLIDATED, 0, CONSOLIDATED.length);
    }

    /** What the maps say of a key. */
    KeyMatch match(byte[] key) {
        return answer(key).match();
    }

    /** The key space that claims a key; null when none does. */
    @Nullable
    KeySpace keySpace(byte[] key) {
        if (stored != null) {
            return stored.keySpace(key);
        }
        return match(key) instanceof KeyMatch.Claimed claimed ? claimed.keySpace() : null;
    }

    /** Where a key's entry goes, as far as the key alone tells; null when it does not, or no map claims it. */
    CopyTarget.@Nullable Place place(byte[] key) {
        if (stored != null) {
            return stored.place(key);
        }
        if (match(key) instanceof KeyMatch.Claimed claimed) {
            String id = claimed.targetId();
            return id == null ? null : new CopyTarget.Place(claimed.region(), id);
        }
        return null;
    }

    /** The one glob pattern that covers every key of the maps; null when several would be needed. */
    @Nullable
    String onlyScanPattern() {
        if (stored != null) {
            return null;
        }
        List<String> patterns = translators.stream()
                .flatMap(translator -> translator.matcher().scanPatterns().stream())
                .distinct()
                .toList();
        return patterns.contains("*") ? "*" : patterns.size() == 1 ? patterns.get(0) : null;
    }

    /** The family of a key space. */
    String familyOf(KeySpace space) {
        if (stored != null) {
            return "disk";
        }
        return maps.stream()
                .filter(map -> map.keySpaces().contains(space))
                .map(MigrationMap::family)
                .findFirst()
                .orElse("");
    }

    /** The legacy keys that an entry of the target may come from; empty when no map leads there. */
    List<byte[]> legacyKeys(String region, String id, Map<String, String> metadata) {
        if (stored != null) {
            return stored.legacyKeys(region, id, metadata);
        }
        String noted = metadata.get("legacy.key");
        if (noted != null) {
            return List.of(noted.getBytes(StandardCharsets.UTF_8));
        }
        return translators.stream()
                .flatMap(translator -> translator.matcher().legacyKeys(region, id).stream())
                .toList();
    }

    /** A key of the legacy store that stands for all, to ask for permissions with. */
    public String probePrefix() {
        String pattern = onlyScanPattern();
        return pattern == null ? "" : pattern.replace("*", "").replace("\\", "");
    }
}
