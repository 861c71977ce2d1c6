package io.cachemigrator.recipes.map;

import io.cachemigrator.map.InlineForm;
import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.LegacyMethod;
import io.cachemigrator.map.LegacyUsage;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.map.RewriteMode;
import io.cachemigrator.recipes.services.LegacyType;
import io.cachemigrator.recipes.services.LegacyType.Gone;
import io.cachemigrator.recipes.services.LegacyType.Member;
import io.cachemigrator.recipes.services.LegacyType.Renamed;
import io.cachemigrator.recipes.services.LegacyType.Same;
import io.cachemigrator.recipes.services.LegacyType.Special;
import io.cachemigrator.recipes.services.LegacyTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the APIs of a map into legacy types. */
final class MapTypes {
    private static final String NEW = "<init>";

    private MapTypes() {}

    /**
     * The types that a map describes.
     *
     * @param recipe the recipe that does it; what the map leaves to another one is left out
     */
    static LegacyTypes of(MigrationMap map, String recipe) {
        List<LegacyType> types = new ArrayList<>();
        Map<String, List<InlineForm>> forms = new LinkedHashMap<>();
        for (LegacyApi api : map.apis()) {
            boolean ours = api.recipe() == null || api.recipe().equals(recipe);
            if (ours && !api.isPackage() && api.usage() == LegacyUsage.ANY) {
                types.add(type(api));
                api.methods().forEach(method -> forms.put(MapRules.key(api.type(), method.name()), method.inline()));
            }
        }
        return LegacyTypes.of(types, new MapRules(forms));
    }

    private static LegacyType type(LegacyApi api) {
        if (api.rewrite() == RewriteMode.MANUAL) {
            return new LegacyType(api.type(), null, null, new Gone(reason(api.reason())), Map.of());
        }
        Map<String, Member> members = new LinkedHashMap<>();
        Member construction = new Gone("The map does not say what replaces it.");
        for (LegacyMethod method : api.methods()) {
            if (method.name().equals(NEW)) {
                construction = method.rewrite() == RewriteMode.MANUAL ? new Gone(reason(method.reason())) : Special.OWN;
            } else {
                members.put(method.name(), member(method));
            }
        }
        return new LegacyType(api.type(), api.replacement(), null, construction, members);
    }

    private static Member member(LegacyMethod method) {
        String other = method.replacement();
        if (method.rewrite() == RewriteMode.MANUAL) {
            return new Gone(reason(method.reason()));
        }
        if (!method.inline().isEmpty()) {
            return Special.OWN;
        }
        if (other == null || other.equals(method.name())) {
            return new Same();
        }
        return other.contains(".")
                ? new Gone("Its replacement " + other + " is of another type; give the map an 'inline' for it.")
                : new Renamed(other);
    }

    private static String reason(@Nullable String reason) {
        return Objects.requireNonNull(reason); // the map's validation asks for it
    }
}
