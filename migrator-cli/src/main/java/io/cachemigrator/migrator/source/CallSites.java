package io.cachemigrator.migrator.source;

import io.cachemigrator.map.Complexity;
import io.cachemigrator.map.Effort;
import io.cachemigrator.map.LegacyApi;
import io.cachemigrator.map.LegacyMethod;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.recipes.services.LegacyCallSites;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what recipes found together with what the maps say of it. */
final class CallSites {
    private static final int MANUAL_MINUTES = 10;
    private static final int MANUAL_MAX_MINUTES = 30;

    private final List<MigrationMap> maps;

    CallSites(List<MigrationMap> maps) {
        this.maps = List.copyOf(maps);
    }

    /** Call sites by file, line and API. */
    List<CallSite> of(List<FoundSite> sites) {
        return sites.stream()
                .map(this::site)
                .sorted(Comparator.comparing(CallSite::file)
                        .thenComparingInt(CallSite::line)
                        .thenComparing(CallSite::api))
                .toList();
    }

    private CallSite site(FoundSite site) {
        LegacyCallSites.Row row = site.row();
        List<MigrationMap> own = own(site.recipe());
        String type = row.api().contains(".") ? row.api().substring(0, row.api().indexOf('.')) : row.api();
        String member = row.api().contains(".") ? row.api().substring(type.length() + 1) : null;
        MigrationMap family = null;
        LegacyApi found = null;
        for (MigrationMap map : own) {
            for (LegacyApi api : map.apis()) {
                boolean named = simple(api.type()).equals(type);
                if (named && (found == null || (method(found, member) == null && method(api, member) != null))) {
                    family = map; // two families may have types of one name: the one that has the member is meant
                    found = api;
                }
            }
        }
        if (family != null && found != null) {
            return site(row, family.family(), found, method(found, member), member);
        }
        return new CallSite(
                row.sourcePath(),
                row.line(),
                own.size() == 1 ? own.get(0).family() : "",
                row.api(),
                "",
                disposition(row),
                code(row),
                reason(row),
                Complexity.MEDIUM.toString(),
                MANUAL_MINUTES,
                MANUAL_MAX_MINUTES,
                row.api());
    }

    /** The maps that name a recipe; all where none does. */
    private List<MigrationMap> own(String recipe) {
        List<MigrationMap> own = maps.stream()
                .filter(map -> map.apis().stream().anyMatch(api -> recipe.equals(api.recipe())))
                .toList();
        return own.isEmpty() ? maps : own;
    }

    private static CallSite site(
            LegacyCallSites.Row row,
            String family,
            LegacyApi api,
            @Nullable LegacyMethod method,
            @Nullable String member) {
        Complexity complexity = method == null ? api.complexity() : method.complexity();
        Effort effort = method == null ? api.effort() : method.effort();
        boolean byHand = row.outcome() == LegacyCallSites.Outcome.REFUSED;
        boolean raise = byHand && complexity == Complexity.LOW;
        int min = (int) effort.min().toMinutes();
        int max = (int) effort.max().toMinutes();
        return new CallSite(
                row.sourcePath(),
                row.line(),
                family,
                row.api(),
                replacement(api, method, member),
                disposition(row),
                code(row),
                reason(row),
                (raise ? Complexity.MEDIUM : complexity).toString(),
                raise ? Math.max(min, MANUAL_MINUTES) : min,
                raise ? Math.max(max, MANUAL_MAX_MINUTES) : max,
                family + "/" + simple(api.type()) + (method == null ? "" : "." + method.name()));
    }

    private static @Nullable LegacyMethod method(LegacyApi api, @Nullable String member) {
        return api.methods().stream()
                .filter(method -> method.name().equals(member))
                .findFirst()
                .orElse(null);
    }

    private static String replacement(LegacyApi api, @Nullable LegacyMethod method, @Nullable String member) {
        String type = simple(api.replacement());
        String name = method != null ? method.replacement() : member;
        boolean elsewhere = name != null && name.contains("."); // a member of another type, with its name
        return name == null ? type : elsewhere ? name : type + "." + name;
    }

    private static CallSite.Disposition disposition(LegacyCallSites.Row row) {
        return CallSite.Disposition.valueOf(row.outcome().name());
    }

    private static @Nullable String code(LegacyCallSites.Row row) {
        return row.reasonCode().isEmpty() ? null : row.reasonCode();
    }

    private static @Nullable String reason(LegacyCallSites.Row row) {
        return row.reason().isEmpty() ? null : row.reason();
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
