package io.cachemigrator.cache.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.LoadOptions;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.codec.Codecs;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CompressionConfig;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.config.TierPolicy;
import io.cachemigrator.cache.config.source.CacheConfigLoader;
import io.cachemigrator.cache.config.source.ConfigSource;
import io.cachemigrator.cache.contract.EmbeddedRedis;
import io.cachemigrator.cache.domain.ai.AiAnswer;
import io.cachemigrator.cache.domain.ai.AiAnswerCache;
import io.cachemigrator.cache.domain.ai.AiPolicy;
import io.cachemigrator.cache.domain.ai.AiRequest;
import io.cachemigrator.cache.domain.http.HttpHit;
import io.cachemigrator.cache.domain.http.HttpKey;
import io.cachemigrator.cache.domain.http.HttpOptions;
import io.cachemigrator.cache.domain.http.HttpPolicy;
import io.cachemigrator.cache.domain.http.HttpResponseCache;
import io.cachemigrator.cache.domain.response.PrecomputedResponses;
import io.cachemigrator.cache.domain.response.ResponseContext;
import io.cachemigrator.cache.domain.response.ResponsePattern;
import io.cachemigrator.cache.factory.AiCache;
import io.cachemigrator.cache.factory.AppCache;
import io.cachemigrator.cache.factory.CacheFactory;
import io.cachemigrator.cache.local.LoadingLocalCache;
import io.cachemigrator.cache.local.LocalCacheBuilder;
import io.cachemigrator.cache.local.LocalCacheLoader;
import io.cachemigrator.cache.local.LocalCacheStats;
import io.cachemigrator.cache.local.LocalCaches;
import io.cachemigrator.cache.maintenance.CacheDump;
import io.cachemigrator.cache.maintenance.ClearSelection;
import io.cachemigrator.cache.maintenance.Progress;
import io.cachemigrator.cache.maintenance.SelectiveClear;
import io.cachemigrator.cache.maintenance.WarmUp;
import io.cachemigrator.cache.observe.CacheMeters;
import io.cachemigrator.cache.observe.CacheMonitor;
import io.cachemigrator.cache.observe.EfficiencyReport;
import io.cachemigrator.cache.observe.Threshold;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation: they are run here, and the pages show them as they stand between the marks. */
@Tag("DOC-1")
class ExamplesTest {
    private static final Pattern SHOWN =
            Pattern.compile("<!-- example: ([a-z-]+) -->\\R```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern WRITTEN =
            Pattern.compile("// example: ([a-z-]+)\\R(.*?)\\s*// end of the example", Pattern.DOTALL);

    @TempDir
    Path folder;

    private record Profile(String name, int age) {}

    private final Profile profile = new Profile("Ana", 41);

    private Profile readProfile(String id) {
        return profile;
    }

    @Test
    void application() {
        // example: application
        CacheConfig config = CacheConfig.builder()
                .forEnvironment("production")
                .withRedis("redis://cache.example:6379")
                .withCompression(500, 6)
                .withAiFeatures(Map.of("operation_ttls", Map.of("qa", 1_800)))
                .build();
        // end of the example

        assertThat(config.faults()).isEmpty();
        assertThat(config.defaults().compression()).isEqualTo(new CompressionConfig(500, 6));
        assertThat(config.ai()).isNotNull();
    }

    @Test
    void local() {
        // example: local
        LoadingLocalCache<String, Profile> profiles = LocalCacheBuilder.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofMinutes(10))
                .named("profiles")
                .build(LocalCacheLoader.from(id -> readProfile(id)));
        Profile profile = profiles.getUnchecked("42");
        LocalCacheStats counted = LocalCaches.statistics().get("profiles");
        // end of the example
        assertThat(profile).isSameAs(this.profile);
        assertThat(counted.missCount()).isEqualTo(1);
    }

    @Test
    void factory() {
        try (EmbeddedRedis server = new EmbeddedRedis()) {
            String redisUri = server.uri();
            Map<String, Object> answer = Map.of("summary", "short");
            // example: factory
            AppCache pages =
                    CacheFactory.forWebApp(web -> web.redisUrl(redisUri).defaultTtl(Duration.ofMinutes(30)));
            pages.set("page:/start", "<html>");
            Optional<String> page = pages.get("page:/start", String.class);
            long dropped = pages.invalidatePattern("page:*");

            AiCache answers = CacheFactory.forAiApp(ai -> ai.redisUrl(redisUri));
            answers.cacheResponse("a long text", "summarize", Map.of("max_length", 100), answer, null);
            Optional<Map<String, Object>> found =
                    answers.getCachedResponse("a long text", "summarize", Map.of("max_length", 100), null);
            // end of the example
            assertThat(page).contains("<html>");
            assertThat(dropped).isEqualTo(1);
            assertThat(found).isPresent();
            pages.close();
            answers.close();
        }
    }

    @Test
    void start() {
        try (EmbeddedRedis server = new EmbeddedRedis()) {
            String redisUri = server.uri();
            // example: start
            CacheConfig config = CacheConfig.builder()
                    .redisUri(redisUri) // without it: memory; with a diskFolder: memory over disk
                    .region(RegionConfig.builder("profiles")
                            .tiers(TierPolicy.MEMORY_REDIS)
                            .build())
                    .build();
            try (CacheService cache = CacheService.open(config)) {
                Region<Profile> profiles = cache.region("profiles", Profile.class);
                profiles.put(
                        "42", profile, WriteOptions.ttl(Duration.ofMinutes(5)).withTags("team:7"));
                Optional<Profile> found = profiles.find("42");
                Profile loaded = profiles.getOrLoad("43", id -> readProfile(id));
                profiles.invalidateTags(List.of("team:7"));
                // end of the example
                assertThat(found).contains(profile);
                assertThat(loaded).isEqualTo(profile);
                assertThat(profiles.find("42")).isEmpty();
                assertThat(profiles.find("43")).isPresent();
            }
        }
    }

    @Test
    void lookup() {
        try (CacheService cache = CacheService.open(CacheConfig.builder().build())) {
            Region<Profile> profiles = cache.region("profiles", Profile.class);
            // example: lookup
            Lookup<Profile> lookup = profiles.lookup("42");
            if (lookup instanceof Lookup.Present<Profile> present) {
                show(present.value(), present.deadline());
            } else if (lookup instanceof Lookup.Stale<Profile> stale) {
                show(stale.value(), stale.deadline());
            } else if (lookup instanceof Lookup.Unavailable<Profile> unavailable) {
                warn(unavailable.reason()); // an outage, not a miss
            } else if (lookup instanceof Lookup.Undecodable<Profile> undecodable) {
                warn(undecodable.reason()); // somebody else's value, or a damaged one
            }
            // end of the example
            assertThat(lookup).isInstanceOf(Lookup.Absent.class);
        }
    }

    private static void show(Object value, Object deadline) {
        assertThat(value).isNotNull();
    }

    private static void warn(String reason) {
        assertThat(reason).isNotEmpty();
    }

    @Test
    void configuration() throws IOException {
        Path file = Files.writeString(folder.resolve("cache.yml"), yamlOfThePage());
        // example: configuration
        CacheConfig config = CacheConfigLoader.of(
                        ConfigSource.file(file), // .yml, .json, .properties or .env
                        ConfigSource.environment(System.getenv())) // CACHE_REGION_PROFILES_DEFAULT_TTL=15m
                .withVariables(Map.of("REDIS_PASSWORD", "secret"))
                .load();
        // end of the example
        assertThat(config.regionOrDefaults("profiles").defaultTtl()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.redis()).isNotNull();
    }

    private static String yamlOfThePage() throws IOException {
        Matcher yaml = Pattern.compile("```yaml\\R(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page("cache-service.md")));
        assertThat(yaml.find()).isTrue();
        return yaml.group(1);
    }

    @Test
    void watching() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (CacheService cache = CacheService.open(CacheConfig.builder().build())) {
            cache.region("profiles", Profile.class).put("42", profile);
            // example: watching
            new CacheMeters(cache).bindTo(registry);

            CacheMonitor monitor = new CacheMonitor(
                    cache, List.of(Threshold.hitRate(0.7), Threshold.operationTime(Duration.ofMillis(20))));
            monitor.onAlert(alert -> warn(alert.message()));
            monitor.start(Duration.ofSeconds(30));

            EfficiencyReport.of(cache)
                    .recommendations()
                    .forEach(advice -> warn(advice.region() + ": " + advice.advice() + " (" + advice.figures() + ")"));
            // end of the example
            monitor.close();
            assertThat(registry.getMeters()).isNotEmpty();
        }
    }

    @Test
    void operations() throws Exception {
        Path file = folder.resolve("cache.dump");
        try (CacheService cache = CacheService.open(CacheConfig.builder().build())) {
            Region<Profile> profiles = cache.region("profiles", Profile.class);
            // example: operations
            new WarmUp(cache, 8).fromLoader(profiles, List.of("1", "2", "3"), id -> readProfile(id), Progress.NONE);
            new CacheDump(cache).write(file, Set.of("profiles"), false, Progress.NONE);
            new SelectiveClear(cache)
                    .run(
                            List.of("profiles"),
                            ClearSelection.ALL.withOlderThan(Duration.ofDays(1)).withPattern("guest:*"),
                            false,
                            Progress.NONE);
            new CacheDump(cache).restore(file, false, Progress.NONE);
            // end of the example
            assertThat(profiles.find("3")).isPresent();
        }
    }

    private static CompletableFuture<Map<String, Integer>> buildReport() {
        return CompletableFuture.completedFuture(Map.of("visits", 8));
    }

    @Test
    void http() {
        String ifNoneMatch = "*";
        try (CacheService cache = CacheService.open(CacheConfig.builder().build())) {
            // example: http
            HttpResponseCache responses = new HttpResponseCache(cache, HttpPolicy.DEFAULTS);
            HttpKey key = HttpKey.of("GET", URI.create("/report?days=7"), Map.of("Accept-Language", "en"));
            responses.put(
                    key,
                    Map.of("visits", 7),
                    HttpOptions.DEFAULTS.withVary("Accept-Language").withTags("reports"));

            HttpHit<Map> hit = responses.get(key, Map.class, () -> buildReport()); // stale at once, fresh beside it
            boolean notModified = hit.matches(ifNoneMatch); // answer 304
            responses.invalidateTags("reports");
            // end of the example
            assertThat(hit.value()).isEqualTo(Map.of("visits", 7));
            assertThat(notModified).isTrue();
            assertThat(responses.get(key, Map.class).isHit()).isFalse();
        }
    }

    @Test
    void responses() {
        try (CacheService cache = CacheService.open(CacheConfig.builder().build())) {
            // example: responses
            PrecomputedResponses responses = new PrecomputedResponses(cache, ResponsePattern.conversation(), 0.8);
            responses.learn("what does it cost?", Map.of("response", "149 a month"), ResponseContext.GENERAL, 0.95);
            Optional<String> text = responses
                    .find("so what is the cost", ResponseContext.GENERAL.withName("Ana"))
                    .map(found -> found.text());
            // end of the example
            assertThat(text).contains("Ana, 149 a month");
        }
    }

    @Test
    void answers() {
        String text = "a long text";
        try (CacheService cache = CacheService.open(CacheConfig.builder().build())) {
            // example: answers
            AiAnswerCache<String> answers = new AiAnswerCache<>(cache, "answers", Codecs.text(), AiPolicy.DEFAULTS);
            AiRequest request = AiRequest.of("summarize", text).withOptions(Map.of("max_length", 100));
            String summary = answers.getOrAsk(request, () -> AiAnswer.of(ask(request)));
            answers.invalidateOperation("summarize");
            // end of the example
            assertThat(summary).isEqualTo("short");
        }
    }

    private static String ask(AiRequest request) {
        return "short";
    }

    @Test
    void loading() {
        try (CacheService cache = CacheService.open(CacheConfig.builder().build())) {
            Region<Profile> profiles = cache.region("profiles", Profile.class);
            // example: loading
            Profile loaded = profiles.getOrLoad(
                    "42", id -> readProfile(id), LoadOptions.writing(WriteOptions.ttl(Duration.ofMinutes(5))));
            // end of the example
            assertThat(loaded).isEqualTo(profile);
        }
    }

    @Test
    void sealing() {
        byte[] oldKey = new byte[32];
        byte[] newKey = new byte[32];
        // example: sealing
        CacheConfig sealing = CacheConfig.builder()
                .encryption(EncryptionConfig.of(2, Map.of(1, oldKey, 2, newKey))) // AES-256-GCM
                .region(RegionConfig.builder("profiles")
                        .compression(CompressionConfig.DEFAULTS) // zstd from 1 KiB on, where it shrinks
                        .encrypted(true)
                        .build())
                .build();
        // end of the example
        try (CacheService cache = CacheService.open(sealing)) {
            Region<Profile> profiles = cache.region("profiles", Profile.class);
            profiles.put("42", profile);
            assertThat(profiles.get("42")).isEqualTo(profile);
        }
    }

    private static Path page(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs").resolve(name))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs").resolve(name);
    }

    @Test
    void pages_showTheExamplesThatAreRunHere() throws IOException {
        Path module = page("cache-service.md").getParent().resolveSibling("cache-service");
        String source = Files.readString(module.resolve("src/test/java/io/cachemigrator/cache/docs/ExamplesTest.java"));
        Map<String, String> written = new TreeMap<>();
        for (Matcher each = WRITTEN.matcher(source); each.find(); ) {
            written.put(each.group(1), each.group(2).stripIndent().strip());
        }
        Map<String, String> shown = new TreeMap<>();
        for (Path page : List.of(
                page("cache-service.md"), page("cache-service.md").getParent().resolveSibling("README.md"))) {
            String text = Files.readString(page);
            for (Matcher each = SHOWN.matcher(text); each.find(); ) {
                String example = each.group(2).strip();
                String run = String.valueOf(written.get(each.group(1)));
                shown.put(each.group(1), example);
                // an example may end before the block that it opened does
                assertThat(example)
                        .as(each.group(1) + " on " + page.getFileName())
                        .isIn(run, run + "\n}");
            }
            assertThat(text.split("```java", -1))
                    .as("examples without a mark on " + page)
                    .hasSameSizeAs(text.split("<!-- example:", -1));
        }
        assertThat(shown.keySet()).isEqualTo(written.keySet());
    }
}
