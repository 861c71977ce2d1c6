package io.cachemigrator.cache.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CachePreset;
import io.cachemigrator.cache.config.CompressionConfig;
import io.cachemigrator.cache.config.ConfigChange;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SVC-10")
class CacheConfigLoaderTest {
    private static final String SECRET = "S3CRET";
    private static final String YAML = """
            preset: web
            keyPrefix: "app:"
            fail-on-connection-error: true
            redis:
              uri: redis://cache.example:6380/2
              password: ${REDIS_PASSWORD}
              poolSize: 25
              connectTimeout: 750ms
            disk:
              folder: ${CACHE_FOLDER:build/cache}
              maxBytes: 64MiB
            defaults:
              jitter: 25%
            regions:
              profiles:
                tiers: memory + redis
                default_ttl: 1h30m
                sliding: yes
                tags: [profiles, people]
                compression:
                  threshold: 2KB
                loading:
                  softTimeout: 50ms
                  hardTimeout: none
              sessions:
                tiers: memory_disk
                defaultTtl: none
                compression: off
                memoryMaxBytes: 10 MB
            """;

    @TempDir
    Path folder;

    private ConfigSource file(String name, String text) {
        try {
            return ConfigSource.file(Files.writeString(folder.resolve(name), text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CacheConfig load(ConfigSource... sources) {
        return CacheConfigLoader.of(sources)
                .withVariables(Map.of("REDIS_PASSWORD", SECRET))
                .load();
    }

    private static List<String> faults(ConfigSource... sources) {
        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, () -> load(sources));
        assertThat(failure).hasMessageStartingWith("CM-601").hasMessageEndingWith("Correct each of them.");
        assertThat(failure.getMessage()).doesNotContain(SECRET);
        return ((List<?>) failure.context().get("faults"))
                .stream().map(Object::toString).toList();
    }

    @Test
    void yaml_everySetting_isBound() {
        CacheConfig config = load(file("cache.yml", YAML));

        assertThat(config.keyPrefix()).isEqualTo("app:");
        assertThat(config.failOnConnectionError()).isTrue();
        assertThat(config.redis()).isNotNull();
        assertThat(config.redis().displayUri()).isEqualTo("redis://cache.example:6380/2");
        assertThat(config.redis().password()).isEqualTo(SECRET);
        assertThat(config.redis().poolSize()).isEqualTo(25);
        assertThat(config.redis().connectTimeout()).isEqualTo(Duration.ofMillis(750));
        assertThat(config.redis().socketTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.disk()).isNotNull();
        assertThat(config.disk().folder()).isEqualTo(Path.of("build/cache"));
        assertThat(config.disk().maxBytes()).isEqualTo(64L << 20);
        RegionConfig profiles = config.regionOrDefaults("profiles");
        assertThat(profiles.tiers()).isEqualTo(TierPolicy.MEMORY_REDIS);
        assertThat(profiles.defaultTtl()).isEqualTo(Duration.ofMinutes(90));
        assertThat(profiles.sliding()).isTrue();
        assertThat(profiles.jitter()).isEqualTo(0.25);
        assertThat(profiles.tags()).containsExactly("profiles", "people");
        assertThat(profiles.compression()).isEqualTo(new CompressionConfig(2_000, 6));
        assertThat(profiles.loading().softTimeout()).isEqualTo(Duration.ofMillis(50));
        assertThat(profiles.loading().hardTimeout()).isNull();
        assertThat(profiles.loading().refreshAhead()).isEqualTo(0.8);
        RegionConfig sessions = config.regionOrDefaults("sessions");
        assertThat(sessions.defaultTtl()).isNull();
        assertThat(sessions.compression()).isNull();
        assertThat(sessions.memoryMaxBytes()).isEqualTo(10_000_000);
        assertThat(config.regionOrDefaults("others").defaultTtl()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void sameSettings_inEveryFormat_giveTheSameConfiguration() {
        CacheConfig yaml = load(
                file(
                        "a.yaml",
                        "redis: {uri: 'redis://h:1'}\nregions: {agent-config: {defaultTtl: 6h, maxValueBytes: 7, tags: [a, b]}}\n"));
        CacheConfig json = load(file("a.json", """
                {"redis": {"uri": "redis://h:1"},
                 "regions": {"agent-config": {"defaultTtl": "6h", "maxValueBytes": 7, "tags": ["a", "b"], "sliding": null}}}
                """));
        String properties = """
                redis.uri=redis://h:1
                regions.agent-config.default-ttl=6h
                regions.agent-config.max-value-bytes=7
                regions.agent-config.tags=a, b
                """;
        CacheConfig plain = load(file("a.properties", properties));
        CacheConfig namespaced =
                load(file("b.properties", properties.replaceAll("(?m)^", "cache.") + "server.port=80\n"));
        CacheConfig dotEnv = load(file(".env", """
                # the cache
                export CACHE_REDIS_URI="redis://h:1"
                CACHE_REGION_AGENT_CONFIG_DEFAULT_TTL=6h # six hours
                CACHE_REGION_AGENT_CONFIG_MAX_VALUE_BYTES='7'
                CACHE_REGION_AGENT_CONFIG_TAGS=a,b
                DATABASE_URL=other
                CACHE_STAGE_FILE=somebody-elses
                """));

        for (CacheConfig other : List.of(json, plain, namespaced, dotEnv)) {
            assertThat(ConfigChange.between(yaml, other)).isEmpty();
        }
        assertThat(yaml.regions()).containsOnlyKeys("agent-config");
    }

    @Test
    void laterSource_overridesEarlierOnes() {
        ConfigSource file = file("cache.yml", "redis: {uri: 'redis://h:1', poolSize: 5}\n");
        CacheConfig config = load(
                file,
                ConfigSource.environment(Map.of(
                        "CACHE_REDIS_POOL_SIZE", "9", "CACHE_DEFAULT_TTL", "120", "CACHE_DEFAULTS_JITTER", "0.5")));
        assertThat(config.redis().poolSize()).isEqualTo(9);
        assertThat(config.defaults().defaultTtl()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.defaults().jitter()).isEqualTo(0.5);
    }

    @Test
    void everyFault_isReportedAtOnceWithPathValueOriginAndRange() {
        List<String> faults = faults(file("cache.yml", """
                preset: fast
                redis:
                  uri: http://user:S3CRET@host
                  poolSize: many
                  sockettimeout: 0s
                disk:
                  maxBytes: 5
                encryption:
                  keys:
                    1: S3CRET
                regions:
                  Bad Name:
                    jitter: 0.1
                  a:
                    defaultTtl: -5s
                    jitter: 2
                    tiers: tape
                    memoryMaxEntries: 0
                    encrypted: true
                    ttll: 5s
                    compression: {level: 99}
                  b:
                    tags: [x, {y: z}]
                """));
        assertThat(faults)
                .contains(
                        "preset is 'fast' (cache.yml, line 1); allowed: development, testing, production, web, ai",
                        "redis.poolSize is 'many' (cache.yml, line 4); allowed: a whole number",
                        "redis.socketTimeout is 'PT0S' (cache.yml, line 5); allowed: a positive duration of at most a day",
                        "disk.maxBytes (cache.yml, line 7) is set, and disk.folder is not; give disk.folder too",
                        "encryption.keys.1 cannot be used; allowed: 32 bytes (AES-256)",
                        "regions.a.jitter is '2' (cache.yml, line 16); allowed: 0 to 1",
                        "regions.a.tiers is 'tape' (cache.yml, line 17); allowed: memory, disk, memory_disk, redis,"
                                + " memory_redis",
                        "regions.a.memoryMaxEntries is '0' (cache.yml, line 18); allowed: 1 or more",
                        "regions.a.ttll (cache.yml, line 20) is not a setting; known: tiers, defaultTtl, sliding, jitter,"
                                + " staleAllowance, memoryMaxEntries, memoryMaxBytes, diskMaxEntries, diskMaxBytes,"
                                + " maxValueBytes, tagIndex, tags, encrypted, acceptPlain, shareValues, compression,"
                                + " compression.threshold, compression.level, loading.softTimeout, loading.hardTimeout,"
                                + " loading.refreshAhead, loading.failurePause, loading.acrossProcesses")
                .anyMatch(fault -> fault.startsWith("regions.Bad Name is not a region's name"))
                .anyMatch(fault -> fault.startsWith("regions.a.defaultTtl is '-5s' (cache.yml, line 15)"))
                .anyMatch(fault -> fault.startsWith("regions.a.compression.level is '99'; allowed: 1 to 19"))
                .anyMatch(fault -> fault.startsWith("regions.b.tags (cache.yml, line 23) holds more than plain values"))
                .anyMatch(fault -> fault.startsWith("redis.uri is "));
    }

    @ParameterizedTest
    @CsvSource({
        "reddis.uri, redis.uri",
        "keyPrefx, keyPrefix",
        "regions.a.memoryMaxEntry, memoryMaxEntries",
        "defaults.jiter, jitter"
    })
    void misspeltSetting_isToldTheNearest(String written, String meant) {
        assertThat(faults(file("a.properties", written + "=1\n")).get(0).toString())
                .startsWith(written + " (a.properties) is not a setting; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [",
                "- 1\n- 2\n",
                "text",
                "a: &x [*x]",
                "keyPrefix: a\nkeyPrefix: b\n",
                "!!javax.script.ScriptEngineManager [!!java.net.URL ['http://127.0.0.1/']]"
            })
    void brokenOrHostileYaml_isAFault(String text) {
        assertThat(faults(file("cache.yml", text))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"a\": 1, \"a\": 2}", "{\"keyPrefix\": tru}", ""})
    void brokenJson_isAFault(String text) {
        assertThat(faults(file("cache.json", text))).isNotEmpty();
    }

    @Test
    void missingFileMissingVariableAndUnknownVariable_areFaults() {
        assertThat(faults(ConfigSource.file(folder.resolve("none.yml")))).containsExactly("none.yml does not exist");
        assertThat(faults(file("c.yml", "keyPrefix: ${NO_SUCH}x\n")))
                .containsExactly("keyPrefix (c.yml, line 1) asks for the variable NO_SUCH, which is not set");
        assertThat(faults(ConfigSource.environment(Map.of("CACHE_REGION_A_TTLS", "5")))
                        .get(0)
                        .toString())
                .startsWith("CACHE_REGION_A_TTLS names no setting of a region; known: ");
        assertThatThrownBy(() -> ConfigSource.file(Path.of("cache.txt"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encryptionKeys_newestIsCurrentUnlessNamed() {
        String one = Base64.getEncoder().encodeToString(new byte[32]);
        CacheConfig config = load(ConfigSource.environment(Map.of(
                "CACHE_ENCRYPTION_KEYS_1", one, "CACHE_ENCRYPTION_KEYS_2", one, "CACHE_DEFAULTS_ENCRYPTED", "true")));
        assertThat(config.encryption()).isNotNull();
        assertThat(config.encryption().currentKeyId()).isEqualTo(2);
        assertThat(config.encryption()).hasToString("EncryptionConfig[current=2, ids=[1, 2]]");
        CacheConfig named = load(ConfigSource.environment(Map.of(
                "CACHE_ENCRYPTION_KEYS_1",
                one,
                "CACHE_ENCRYPTION_KEYS_2",
                one,
                "CACHE_ENCRYPTION_CURRENT_KEY_ID",
                "1")));
        assertThat(named.encryption().currentKeyId()).isEqualTo(1);
        assertThat(faults(ConfigSource.environment(Map.of("CACHE_DEFAULTS_ENCRYPTED", "true")))
                        .get(0)
                        .toString())
                .isEqualTo("defaults.encrypted is 'true'; allowed: false, as no encryption keys are configured");
    }

    @ParameterizedTest
    @EnumSource(CachePreset.class)
    void preset_opensAServiceThatWorks(CachePreset preset) {
        try (CacheService service = CacheService.open(preset.builder().build())) {
            Region<String> region = service.region("any", String.class);
            region.put("id", "value");
            assertThat(region.get("id")).isEqualTo("value");
        }
        CacheConfig named = load(file("p.yml", "preset: " + preset.name().toLowerCase(Locale.ROOT)));
        assertThat(named.defaults()).isEqualTo(preset.builder().build().defaults());
    }

    @ParameterizedTest
    @CsvSource({"90, 90000", "1500ms, 1500", "2m 5s, 125000", "1d, 86400000", "PT1M, 60000", "0, 0"})
    void duration_reads(String text, long millis) throws ConfigText.Refused {
        assertThat(ConfigText.duration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5x", "h", "1h-", "P", "99999999999999999999", "1.5h", "106751991168d"})
    void duration_unreadable_isRefused(String text) {
        assertThatThrownBy(() -> ConfigText.duration(text)).isInstanceOf(ConfigText.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "64KB, 64000", "64 KiB, 65536", "1gb, 1000000000", "1_000, 1000"})
    void size_reads(String text, long bytes) throws ConfigText.Refused {
        assertThat(ConfigText.size(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "5XB", "99999999999GB", "1.5MB"})
    void size_unreadable_isRefused(String text) {
        assertThatThrownBy(() -> ConfigText.size(text)).isInstanceOf(ConfigText.Refused.class);
    }
}
