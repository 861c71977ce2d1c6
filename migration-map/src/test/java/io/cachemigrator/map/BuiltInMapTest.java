package io.cachemigrator.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CLI-3")
class BuiltInMapTest {
    private final MigrationMap services = MigrationMaps.builtIn("services").orElseThrow();

    @Test
    void parse_theServicesMap_hasNoProblems() {
        MapResult result = MigrationMaps.parse(MigrationMaps.builtInText("services"), "services");

        assertThat(result).isInstanceOf(MapResult.Valid.class);
        assertThat(MigrationMaps.parse(MigrationMaps.builtInText("factory"), "factory"))
                .isInstanceOf(MapResult.Valid.class);
        assertThat(MigrationMaps.builtIn())
                .containsOnlyKeys(
                        "ehcache2",
                        "factory",
                        "guava",
                        "hand-rolled",
                        "jcache",
                        "jedis",
                        "services",
                        "spring-cache",
                        "spymemcached");
    }

    @Test
    void builtIn_anUnknownFamily_isEmpty() {
        assertThat(MigrationMaps.builtIn("nobody")).isEmpty();
        assertThatThrownBy(() -> MigrationMaps.builtInText("../services"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ehcache2, factory, guava");
    }

    @Test
    void services_eachKeySpace_hasTheRegionAndTtlOfItsKind() {
        Map<String, String> regions = services.keySpaces().stream()
                .filter(space -> space.target() != null && space.target().region() != null)
                .collect(Collectors.toMap(
                        KeySpace::name,
                        space -> space.target().region() + " "
                                + space.ttl().duration().map(Duration::toString).orElse("none")));

        assertThat(regions)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("conversations", "conversations PT2H"),
                        Map.entry("customers", "customers PT3H"),
                        Map.entry("predictions", "predictions PT1H"),
                        Map.entry("tiers", "tiers PT2H"),
                        Map.entry("programs", "programs PT4H"),
                        Map.entry("roi", "roi PT2H"),
                        Map.entry("agent-config", "agent-config PT6H"),
                        Map.entry("knowledge", "knowledge PT72H"),
                        Map.entry("experiments", "experiments PT1H"),
                        Map.entry("prompts", "prompts PT2H"),
                        Map.entry("emotional-profiles", "emotional-profiles PT30M"),
                        Map.entry("metrics", "metrics none"),
                        Map.entry("misnamed-metrics", "metrics none"),
                        Map.entry("responses", "precomputed-responses PT3H"),
                        Map.entry("precomputed-responses", "precomputed-responses PT3H"),
                        Map.entry("http-responses", "http-responses PT1H"),
                        Map.entry("general", "general PT1H")));
    }

    @Test
    void services_eachLegacyMethod_isListedWithWhatBecomesOfIt() {
        LegacyApi redis = api("io.cachemigrator.compat.services.RedisCacheService");
        LegacyApi conversations = api("io.cachemigrator.compat.services.NgxCacheManager");

        assertThat(redis.replacement()).isEqualTo("io.cachemigrator.cache.domain.keyed.KeyedCache");
        assertThat(names(redis))
                .containsExactlyInAnyOrder(
                        "<init>",
                        "start",
                        "close",
                        "get",
                        "lookup",
                        "set",
                        "delete",
                        "exists",
                        "expire",
                        "getMany",
                        "setMany",
                        "increment",
                        "decrement",
                        "getAsync",
                        "setAsync",
                        "deleteAsync",
                        "getManyAsync",
                        "setManyAsync",
                        "incrementAsync",
                        "clearNamespace",
                        "getStats",
                        "healthCheck",
                        "keyed");
        assertThat(conversations.replacement())
                .isEqualTo("io.cachemigrator.cache.domain.conversation.ConversationCache");
        assertThat(names(conversations))
                .hasSize(39)
                .contains("getConversationsBatch", "preloadCommonResponses", "warmCache", "clearExpired");
        assertThat(redis.methods())
                .allSatisfy(method -> assertThat(method.reason() != null)
                        .as(method.name())
                        .isEqualTo(method.rewrite() == RewriteMode.MANUAL));
    }

    @Test
    @Tag("REC-1")
    @Tag("CLI-3")
    void services_eachLegacyType_isListedWithItsEffort() {
        assertThat(services.apis()).hasSize(21).allSatisfy(api -> {
            assertThat(api.effort().min()).as(api.type()).isPositive();
            assertThat(api.reason() != null).as(api.type()).isEqualTo(api.rewrite() == RewriteMode.MANUAL);
            assertThat(api.methods())
                    .allSatisfy(method -> assertThat(method.reason() != null)
                            .as(api.type() + "." + method.name())
                            .isEqualTo(method.rewrite() == RewriteMode.MANUAL));
        });
    }

    @Test
    @Tag("CLI-2")
    void services_whatMayHoldAPassword_isMarkedSecret() {
        Set<String> secrets = services.configuration().stream()
                .filter(ConfigurationKey::secret)
                .map(ConfigurationKey::key)
                .collect(Collectors.toSet());

        assertThat(secrets).containsExactlyInAnyOrder("REDIS_URL", "REDIS_PASSWORD");
    }

    @Test
    @Tag("CLI-3")
    void families_withoutARecipe_areOnlyFound() {
        assertThat(MigrationMaps.builtIn().values())
                .filteredOn(MigrationMap::isInventoryOnly)
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(map -> assertThat(map.apis())
                        .as(map.family())
                        .isNotEmpty()
                        .allSatisfy(api -> {
                            assertThat(api.reason()).isNotBlank();
                            assertThat(api.effort().min()).isPositive();
                        }));
        assertThat(MigrationMaps.builtIn().values())
                .filteredOn(map -> !map.isInventoryOnly())
                .extracting(MigrationMap::family)
                .contains("factory", "services");
    }

    @Test
    void api_ofAPackage_coversWhatIsInItAndBelow() {
        LegacyApi api = MigrationMaps.builtIn("ehcache2").orElseThrow().apis().stream()
                .filter(LegacyApi::isPackage)
                .findFirst()
                .orElseThrow();

        assertThat(api.packageName()).isEqualTo("net.sf.ehcache");
        assertThat(api.covers("net.sf.ehcache.Cache")).isTrue();
        assertThat(api.covers("net.sf.ehcache.config.Searchable")).isTrue();
        assertThat(api.covers("net.sf.ehcachex.Cache")).isFalse();
        assertThat(api(services.apis().get(0).type())
                        .covers(services.apis().get(0).type()))
                .isTrue();
    }

    @Test
    void services_eachSettingOfTheLegacyServices_isListed() {
        assertThat(services.configuration())
                .extracting(ConfigurationKey::key)
                .contains(
                        "REDIS_URL",
                        "REDIS_HOST",
                        "REDIS_PORT",
                        "REDIS_DB",
                        "REDIS_PASSWORD",
                        "REDIS_SSL",
                        "REDIS_POOL_SIZE",
                        "REDIS_DECODE_RESPONSES",
                        "REDIS_MOCK_ENABLED",
                        "USE_CONSOLIDATED_CACHE",
                        "CACHE_DEFAULT_TTL",
                        "CACHE_NAMESPACE",
                        "CACHE_CIRCUIT_BREAKER_*");
    }

    private LegacyApi api(String type) {
        return services.apis().stream()
                .filter(api -> api.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(LegacyApi api) {
        return api.methods().stream().map(LegacyMethod::name).toList();
    }
}
