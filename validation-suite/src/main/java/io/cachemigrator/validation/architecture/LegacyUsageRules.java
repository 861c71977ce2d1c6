package io.cachemigrator.validation.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.freeze.FreezingArchRule;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.MigrationMaps;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps legacy caches from creeping back in: rules for ArchUnit that are made from migration maps.
 *
 * <p>A rule is a ratchet. The first time that it runs it writes the uses of legacy caches that are there into a store, a
 * text file to commit; from then on it fails for a use that is not in the store, and takes out of the store what is gone.
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "com.acme", importOptions = ImportOption.DoNotIncludeTests.class)
 * class LegacyUsageTest {
 *     @ArchTest
 *     static final ArchRule NO_NEW_LEGACY_USAGE = LegacyUsageRules.noNewLegacyUsage();
 * }
 * }</pre>
 *
 * <p>The store is where ArchUnit keeps frozen violations ({@code freeze.store.default.path} in {@code
 * archunit.properties}, else the folder {@code archunit_store}), unless a folder is given. As for every frozen rule of
 * ArchUnit, the first run needs {@code freeze.store.default.allowStoreCreation=true}; in CI set {@code
 * freeze.store.default.allowStoreUpdate=false}, so that nothing is accepted there. In the store a rule has the
 * name {@code noNewLegacyUsage}, followed by the families where maps are given; a rule that is given another text by
 * {@code as} or {@code because} keeps its frozen violations, and accepts no new ones.
 *
 * <p>A rule that is given no classes to look at fails.
 */
public final class LegacyUsageRules {
    private static final String NAME = "noNewLegacyUsage";

    private LegacyUsageRules() {}

    /**
     * No new use of a legacy type of any family that comes with the product and that it migrates. A later version of the product may know
     * more families; accept their uses with {@code freeze.refreeze=true} once.
     */
    public static ArchRule noNewLegacyUsage() {
        return rule(NAME, migrated(), null);
    }

    /**
     * No new use of a legacy type of some families.
     *
     * @param maps their migration maps
     * @throws IllegalArgumentException where no map names a legacy type
     */
    public static ArchRule noNewLegacyUsage(MigrationMap... maps) {
        return rule(nameFor(maps), List.of(maps), null);
    }

    /**
     * No new use of a legacy type, with a store of its own.
     *
     * @param store the folder of the store
     * @param maps migration maps of the families; none = all that come with the product and that it migrates
     * @throws IllegalArgumentException where no map names a legacy type
     */
    public static ArchRule noNewLegacyUsage(Path store, MigrationMap... maps) {
        return maps.length == 0 ? rule(NAME, migrated(), store) : rule(nameFor(maps), List.of(maps), store);
    }

    /** Families that are only found, and not rewritten, are no users' concern until they ask for them. */
    private static List<MigrationMap> migrated() {
        return MigrationMaps.builtIn().values().stream()
                .filter(map -> !map.isInventoryOnly())
                .toList();
    }

    private static String nameFor(MigrationMap... maps) {
        return NAME
                + List.of(maps).stream().map(map -> "-" + map.family()).sorted().collect(Collectors.joining());
    }

    private static ArchRule rule(String name, Collection<MigrationMap> maps, @Nullable Path store) {
        LegacyTypes types = new LegacyTypes(maps);
        if (types.isEmpty()) {
            throw new IllegalArgumentException(
                    "A rule against legacy usage needs legacy types, and no migration map given"
                            + " names one. Give a map with 'apis'.");
        }
        ArchRule rule = ArchRuleDefinition.classes()
                .should(new UseNoLegacyType(types))
                .allowEmptyShould(false)
                .as(description(name, types));
        return FreezingArchRule.freeze(rule).persistIn(new RatchetStore(name, store));
    }

    private static String description(String name, LegacyTypes types) {
        return name + ": no class uses a legacy cache that did not do so before.\n" + String.join("\n", types.lines())
                + "\nFix: call the replacement instead, or run `migrator dry-run` and `migrator migrate`, which rewrite the"
                + " call; accept a use that must stay with `freeze.refreeze=true` in archunit.properties, once";
    }

    /** Whether a class is one of the types, or is inside one. */
    static boolean isInside(JavaClass type, Collection<String> names) {
        return names.contains(type.getName())
                || type.getEnclosingClass().map(outer -> isInside(outer, names)).orElse(false);
    }
}
