package io.cachemigrator.cache.domain.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.domain.keyed.KeyRoutes.Route;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SVC-14")
class KeyRoutesTest {
    private final KeyRoutes services = KeyRoutes.services();

    @Test
    void routeOf_everyPrefixOfTheServices_isItsRegion() {
        assertThat(region("conv:42")).isEqualTo("conversations");
        assertThat(region("metr:a:b")).isEqualTo("metrics");
        assertThat(region("http:/api")).isEqualTo("http-responses");
        assertThat(region("response:general:h")).isEqualTo("precomputed-responses");
        assertThat(services.routeOf("response:general:h").orElseThrow().idOf("response:general:h"))
                .isEqualTo("precomp:general:h");
        for (String key : List.of("conversation:1", "http_response:x", "metrics:a:b", "xconv:1", "")) {
            assertThat(services.routeOf(key)).as(key).isEmpty();
        }
    }

    @Test
    void routeOf_nestedPrefixes_takesTheLongest() {
        KeyRoutes routes =
                new KeyRoutes(List.of(Route.of("a:", "short", null), Route.of("a:b:", "long", null)), "rest");
        assertThat(routes.routeOf("a:b:c")).map(Route::region).contains("long");
        assertThat(routes.routeOf("a:c")).map(Route::region).contains("short");
    }

    @Test
    void regionConfigs_ofTheServices_haveTheLegacyTimesToLive() {
        assertThat(services.regionConfigs().get("conversations").defaultTtl()).isEqualTo(Duration.ofHours(2));
        assertThat(services.regionConfigs().get("emotional-profiles").defaultTtl())
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(services.regionConfigs().get("metrics").defaultTtl()).isNull();
        assertThat(services.regionConfigs().get("general").defaultTtl()).isEqualTo(Duration.ofHours(1));
        assertThat(services.regions()).hasSize(15);
    }

    @Test
    @DisplayName("A-12: two namespaces never share a region, however they are written")
    void forNamespace_similarNames_areDifferentRegions() {
        Set<String> regions = new HashSet<>(services.regions());
        List<String> namespaces = List.of(
                "staging",
                "Staging",
                "stag*",
                "stag?",
                "stag-",
                "a*b",
                "a-b",
                "a_b",
                "conversations",
                "ñ",
                "☕",
                "1",
                "x".repeat(80),
                "x".repeat(81),
                "general");
        namespaces.forEach(namespace -> {
            KeyRoutes routes = KeyRoutes.forNamespace(namespace);
            assertThat(routes.routes()).isEmpty();
            assertThat(routes.fallback()).matches("[a-z][a-z0-9-]{0,63}");
            assertThat(regions.add(routes.fallback())).as(namespace).isTrue();
        });
        assertThat(KeyRoutes.forNamespace("staging").fallback()).isEqualTo("staging");
        assertThat(KeyRoutes.forNamespace("ngx")).isEqualTo(services);
    }

    @Test
    void constructor_samePrefixTwiceOrNone_isRefused() {
        Route route = Route.of("a:", "a", null);
        assertThatThrownBy(() -> new KeyRoutes(List.of(route, route), "b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyRoutes(List.of(Route.of("", "a", null)), "b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String region(String key) {
        return services.routeOf(key).orElseThrow().region();
    }
}
