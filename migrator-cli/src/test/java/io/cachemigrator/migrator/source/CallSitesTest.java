package io.cachemigrator.migrator.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.MigrationMaps;
import io.cachemigrator.recipes.services.LegacyCallSites.Outcome;
import io.cachemigrator.recipes.services.LegacyCallSites.Row;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two families have a type of one name, and each call belongs to one of them. */
@Tag("CLI-3")
class CallSitesTest {
    @ParameterizedTest
    @CsvSource({
        "LegacyCaches.redis, services, SharedCache.get",
        "LegacyCaches.getAiCache, factory, CacheFactory.sharedAiApp",
        "RedisCacheService.get, services, KeyedCache.get",
        "InMemoryCache.<init>, factory, CacheFactory.forTesting"
    })
    void of_aCallOfATypeThatTwoFamiliesHave_belongsToTheOneWithTheMember(
            String api, String family, String replacement) {
        List<CallSite> sites = new CallSites(List.copyOf(MigrationMaps.builtIn().values()))
                .of(List.of(new FoundSite("", new Row("A.java", 1, api, Outcome.REWRITTEN, "", ""))));

        assertThat(sites).singleElement().satisfies(site -> {
            assertThat(site.family()).isEqualTo(family);
            assertThat(site.replacement()).isEqualTo(replacement);
        });
    }
}
