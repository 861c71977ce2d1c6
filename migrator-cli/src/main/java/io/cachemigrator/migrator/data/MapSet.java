package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeyMatch;
import io.cachemigrator.map.KeySpace;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.map.translate.Translation;
import io.cachemigrator.map.translate.Translator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The maps of the families to migrate, asked in order: the first that claims a key has it. Immutable. */
public final class MapSet {
    private final List<MigrationMap> maps;
    private final Map<String, String> parameters;
    private final List<Translator> translators = new ArrayList<>();

    /** Of maps, with values of their parameters; each map takes those that it declares. */
    public MapSet(List<MigrationMap> maps, Map<String, String> parameters) {
        this.maps = List.copyOf(maps);
        this.parameters = Map.copyOf(parameters);
        for (MigrationMap map : maps) {
            translators.add(Translator.of(map, own(map)));
        }
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

    /** What becomes of an entry. */
    Translation translate(LegacyEntry entry) {
        Translation last = Translation.Unclaimed.UNCLAIMED;
        for (Translator translator : translators) {
            Translation translation = translator.translate(entry);
            if (!(translation instanceof Translation.Unclaimed) && !(translation instanceof Translation.Excluded)) {
                return translation;
            }
            last = translation instanceof Translation.Excluded ? translation : last;
        }
        return last;
    }

    /** What the maps say of a key. */
    KeyMatch match(byte[] key) {
        KeyMatch last = KeyMatch.Unclaimed.UNCLAIMED;
        for (Translator translator : translators) {
            KeyMatch match = translator.matcher().match(key);
            if (match instanceof KeyMatch.Claimed) {
                return match;
            }
            last = match instanceof KeyMatch.Excluded ? match : last;
        }
        return last;
    }

    /** The key space that claims a key; null when none does. */
    @Nullable
    KeySpace keySpace(byte[] key) {
        return match(key) instanceof KeyMatch.Claimed claimed ? claimed.keySpace() : null;
    }

    /** The one glob pattern that covers every key of the maps; null when several would be needed. */
    @Nullable
    String onlyScanPattern() {
        List<String> patterns = translators.stream()
                .flatMap(translator -> translator.matcher().scanPatterns().stream())
                .distinct()
                .toList();
        return patterns.size() == 1 ? patterns.get(0) : null;
    }

    /** The family of a key space. */
    String familyOf(KeySpace space) {
        return maps.stream()
                .filter(map -> map.keySpaces().contains(space))
                .map(MigrationMap::family)
                .findFirst()
                .orElse("");
    }

    /** The legacy key that an entry of the target comes from; null when no map leads there. */
    byte @Nullable [] legacyKey(String region, String id, Map<String, String> metadata) {
        String noted = metadata.get("legacy.key");
        if (noted != null) {
            return noted.getBytes(StandardCharsets.UTF_8);
        }
        for (Translator translator : translators) {
            byte[] key = translator.matcher().legacyKey(region, id);
            if (key != null) {
                return key;
            }
        }
        return null;
    }

    /** A key of the legacy store that stands for all, to ask for permissions with. */
    public String probePrefix() {
        String pattern = onlyScanPattern();
        return pattern == null ? "" : pattern.replace("*", "").replace("\\", "");
    }
}
