package io.cachemigrator.cache.domain.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachemigrator.cache.domain.keyed.KeyRoutes.Route;
import java.time.Duration;
import java.util.List;
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
    @Tag("services-A-12")
    @DisplayName("A-12: a namespace has a region of its own")
    void forNamespace_anyName_isOneRegionWithTheSameIds() {
        assertThat(KeyRoutes.forNamespace("ngx")).isEqualTo(services);
        assertThat(KeyRoutes.forNamespace("staging").fallback()).isEqualTo("staging");
        assertThat(KeyRoutes.forNamespace("Ngx_test").fallback()).isEqualTo("ngx-test");
        assertThat(KeyRoutes.forNamespace("1*").fallback()).isEqualTo("r-1-");
        KeyRoutes staging = KeyRoutes.forNamespace("staging");
        assertThat(staging.regions()).containsExactly("staging");
        assertThat(staging.routeOf("conv:1")).isEmpty();
        assertThat(staging.routeOf("response:g:h"))
                .map(route -> route.idOf("response:g:h"))
                .contains("precomp:g:h");
        assertThat(staging.regionConfigs().get("staging").defaultTtl()).isEqualTo(Duration.ofHours(1));
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
