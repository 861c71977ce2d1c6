package io.cachemigrator.migrator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.testkit.CacheLibraries;
import io.cachemigrator.migrator.testkit.CodeProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says of the caches in a project's code. */
@Tag("CLI-3")
class CheckInventoryTest {
    private static final String SHOP = """
            package shop;

            import com.google.common.cache.Cache;
            import com.google.common.cache.CacheBuilder;

            class Shop {
                private final Cache<String, String> names =
                        CacheBuilder.newBuilder().maximumSize(5).build();

                String name(String id) {
                    names.put("a", "b"); names.put("c", "d");
                    return names.getIfPresent(id);
                }
            }
            """;

    private static final String REMOTE = """
            package shop;

            import net.spy.memcached.MemcachedClient;

            class Remote {
                private final MemcachedClient client = new MemcachedClient();

                Object name(String id) {
                    return client.get(id);
                }
            }
            """;

    @TempDir
    private Path folder;

    private CodeProject project;

    @BeforeEach
    void open() {
        project = CodeProject.in(folder)
                .jar("guava.jar", CacheLibraries.GUAVA)
                .jar("spymemcached.jar", CacheLibraries.SPYMEMCACHED);
    }

    @Test
    void check_json_hasEveryFieldOfAFinding() {
        project.file("src/main/java/shop/Shop.java", SHOP).compile("");

        Cli.Outcome outcome = check();

        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        JsonNode document = outcome.document();
        JsonNode finding = find(document, "Cache.getIfPresent");
        assertThat(finding.get("family").asText()).isEqualTo("guava");
        assertThat(finding.get("kind").asText()).isEqualTo("SOURCE");
        assertThat(finding.get("file").asText()).isEqualTo("src/main/java/shop/Shop.java");
        assertThat(finding.get("line").asInt()).isEqualTo(12);
        assertThat(finding.get("replacement").asText()).isEqualTo("LocalCache.getIfPresent");
        assertThat(finding.get("automatic").asBoolean()).isTrue();
        assertThat(finding.get("complexity").asText()).isEqualTo("low");
        assertThat(finding.at("/effortMinutes/min").asInt()).isEqualTo(1);
        assertThat(finding.at("/effortMinutes/max").asInt()).isEqualTo(5);
        assertThat(finding.get("rule").asText()).isEqualTo("guava/Cache.getIfPresent");
        assertThat(finding.get("module").asText()).isEqualTo(".");
        assertThat(finding.get("effortPoints").asInt()).isZero();
        assertThat(finding.get("effortRule").asText()).isEqualTo("automatic");
        assertThat(document.at("/untyped/count").asInt()).isZero();
    }

    @Test
    void check_twoUsesOnOneLine_haveTwoIds() {
        project.file("src/main/java/shop/Shop.java", SHOP).compile("");

        JsonNode document = check().document();
        Set<String> ids = new HashSet<>();
        document.get("findings").forEach(finding -> ids.add(finding.get("id").asText()));

        assertThat(ids).hasSize(document.get("findings").size()).hasSize(7);
        assertThat(check().document().get("findings")).isEqualTo(document.get("findings"));
    }

    @Test
    void check_sums_areThoseOfTheFindings() {
        project.file("pom.xml", pom("shop", "<modules><module>web</module></modules>"))
                .file("web/pom.xml", pom("web", ""))
                .file("src/main/java/shop/Remote.java", REMOTE)
                .file(
                        "web/src/main/java/web/Page.java",
                        REMOTE.replace("package shop", "package web").replace("Remote", "Page"))
                .compile("")
                .compile("web");

        Cli.Outcome outcome = check();
        JsonNode document = outcome.document();
        JsonNode summary = document.get("summary");

        assertThat(summary.get("callSites").asInt()).isEqualTo(6);
        assertThat(summary.get("modules")).hasSize(2);
        for (String field : List.of(
                "/callSites", "/manual", "/files", "/effortPoints", "/effortMinutes/min", "/effortMinutes/max")) {
            int sum = 0;
            for (JsonNode module : summary.get("modules")) {
                sum += module.at(field).asInt();
            }
            assertThat(summary.at(field).asInt()).as(field).isEqualTo(sum).isPositive();
        }
        int points = 0;
        for (JsonNode finding : document.get("findings")) {
            points += finding.get("effortPoints").asInt();
        }
        assertThat(summary.get("effortPoints").asInt()).isEqualTo(points);
        String text = Cli.in(project.root()).run("check").out();
        assertThat(text)
                .contains(
                        summary.get("effortPoints").asInt() + " points",
                        "    web  ",
                        "spymemcached MemcachedClient.get -> Region.get");
    }

    @Test
    @Tag("CLI-16")
    void check_sarif_hasEffortAndSums() throws IOException {
        project.file("src/main/java/shop/Remote.java", REMOTE).compile("");

        Cli.in(project.root()).run("check", "--sarif", "out.sarif");

        JsonNode run = new ObjectMapper()
                .readTree(Files.readString(project.root().resolve("out.sarif")))
                .get("runs")
                .get(0);
        assertThat(run.get("results")).hasSize(3);
        JsonNode result = run.get("results").get(0);
        assertThat(result.get("ruleId").asText()).startsWith("spymemcached/");
        assertThat(result.at("/properties/family").asText()).isEqualTo("spymemcached");
        assertThat(result.at("/properties/effortPoints").asInt()).isPositive();
        assertThat(run.at("/properties/effortPoints").asInt()).isPositive();
        assertThat(run.at("/properties/modules/0/module").asText()).isEqualTo(".");
    }

    @Test
    @Tag("CLI-16")
    void check_junit_hasACaseForEachFileWithFindings() throws IOException {
        project.file("src/main/java/shop/Shop.java", SHOP).compile("");

        Cli.in(project.root()).run("check", "--junit", "found.xml");
        Cli.in(project.root()).run("check", "--family", "jcache", "--junit", "clean.xml");

        assertThat(Files.readString(project.root().resolve("found.xml")))
                .contains(
                        "tests=\"1\" failures=\"1\"",
                        "name=\"src/main/java/shop/Shop.java\"",
                        "message=\"7 findings\"",
                        "Shop.java:12 Cache.getIfPresent -> LocalCache.getIfPresent (automatic, 0 points)");
        assertThat(Files.readString(project.root().resolve("clean.xml")))
                .contains("tests=\"1\" failures=\"0\"", "name=\"all files\"");
    }

    @Test
    void check_moreFindingsThanItPrints_saysHowMany() {
        StringBuilder many = new StringBuilder(
                "package shop; class Shop { com.google.common.cache.Cache<String, String> c; void f() {\n");
        for (int i = 0; i < 250; i++) {
            many.append("c.invalidateAll();\n");
        }
        project.file("src/main/java/shop/Shop.java", many + "} }").compile("");

        assertThat(Cli.in(project.root()).run("check").out()).contains("  and 51 more; --output json lists all");
    }

    /** The mutation that makes inventories miss call sites: the same project without one of its jars. */
    @Test
    void check_aJarRemovedFromTheClassPath_failsAndNamesWhatItCouldNotType() {
        project.file("src/main/java/shop/Shop.java", SHOP).compile("");
        assertThat(check().exitCode()).isZero();

        project.move("lib/guava.jar", "elsewhere/guava.jar");
        Cli.Outcome outcome = check();

        assertThat(outcome.exitCode()).isEqualTo(1);
        JsonNode document = outcome.document();
        assertThat(document.get("ready").asBoolean()).isFalse();
        assertThat(document.at("/untyped/count").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(document.at("/untyped/samples").toString())
                .contains("src/main/java/shop/Shop.java:3", "com.google.common.cache.Cache");
        assertThat(document.get("blockers").toString()).contains("inventory/untyped", "Shop.java:3");
        JsonNode gap = find(document, "inventory/untyped", "rule");
        assertThat(gap.get("effortPoints").asInt()).isEqualTo(13);
        assertThat(gap.get("automatic").asBoolean()).isFalse();
        assertThat(find(document, "Cache.getIfPresent").get("reason").asText())
                .startsWith("Only the compiled class shows it.");
    }

    @Test
    void check_failOnManual_failsForACacheInTheCode() {
        project.file("src/main/java/shop/Remote.java", REMOTE).compile("");

        assertThat(Cli.in(project.root()).run("check", "--fail-on", "manual").exitCode())
                .isEqualTo(1);
        assertThat(Cli.in(project.root())
                        .run("check", "--fail-on", "manual", "--family", "jcache")
                        .exitCode())
                .isZero();
    }

    @Test
    void migration_ofAFamilyThatIsOnlyFound_leavesTheProjectAlone() {
        project.file("src/main/java/shop/Remote.java", REMOTE).compile("");
        Map<String, String> before = project.contents();

        JsonNode plan = Cli.in(project.root()).json("dry-run").document();
        Cli.Outcome named = Cli.in(project.root()).run("dry-run", "--family", "spymemcached");
        Cli.Outcome migrate = Cli.in(project.root()).run("migrate", "--yes", "--family", "spymemcached");

        assertThat(plan.get("patches")).isEmpty();
        assertThat(named.exitCode()).as(named.all()).isEqualTo(2);
        assertThat(named.err()).contains("The family 'spymemcached' cannot be migrated yet.", "check");
        assertThat(migrate.exitCode()).isEqualTo(2);
        Map<String, String> after = project.contents();
        List<String> kept = new ArrayList<>(after.keySet());
        kept.removeIf(name -> name.startsWith(".migrator/"));
        assertThat(kept).containsExactlyElementsOf(before.keySet());
        before.forEach((name, content) -> assertThat(after.get(name)).as(name).isEqualTo(content));
    }

    @Test
    void arch_ofAFamilyThatIsOnlyFound_looksWhereItIsNamed() {
        project.file("src/main/java/shop/Remote.java", REMOTE).compile("");

        Cli.Outcome usual = Cli.in(project.root()).run("arch");
        Cli.Outcome named = Cli.in(project.root()).json("arch", "--family", "spymemcached");
        Cli.Outcome handRolled = Cli.in(project.root()).run("arch", "--family", "hand-rolled");

        assertThat(usual.exitCode()).as(usual.all()).isZero();
        assertThat(named.exitCode()).isEqualTo(1);
        assertThat(named.out()).contains("net.spy.memcached.MemcachedClient.get");
        assertThat(handRolled.exitCode()).isEqualTo(2);
        assertThat(handRolled.err()).contains("Compiled classes tell nothing of the family 'hand-rolled'.");
    }

    @Test
    void arch_aTypeThatTheMapKnowsByItsPackageOnly_isLegacyToo() {
        project.jar("ehcache.jar", CacheLibraries.EHCACHE2)
                .file(
                        "src/main/java/shop/Shop.java",
                        "package shop; class Shop { void of(net.sf.ehcache.config.Searchable some) { some.keys(true); } }")
                .compile("");

        Cli.Outcome outcome = Cli.in(project.root()).json("arch", "--family", "ehcache2");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.document().get("violations")).hasSize(2);
        assertThat(outcome.out())
                .contains(
                        "net.sf.ehcache.config.Searchable.keys(boolean)",
                        "io.cachemigrator.cache.element.ElementCache");
    }

    /** The families with recipes are held against their compiled classes as well. */
    @Test
    void check_aUseOfAFamilyWithARecipeThatOnlyTheClassShows_isFound() throws IOException {
        String shop = """
                package shop;
                import io.cachemigrator.compat.services.RedisCacheService;
                class Shop { Object of(RedisCacheService redis) {
                    return redis.clearNamespace();
                } }
                """;
        project.jarOf("io.cachemigrator.compat.services.RedisCacheService")
                .jarOf("io.cachemigrator.cache.CacheService")
                .file("src/main/java/shop/Shop.java", shop)
                .compile("");
        JsonNode before = check().document();
        project.file("src/main/java/shop/Shop.java", shop.replace("redis.clearNamespace()", "redis"));
        Files.setLastModifiedTime(
                project.root().resolve("target/classes/shop/Shop.class"),
                FileTime.from(Instant.now().plusSeconds(60)));

        JsonNode after = check().document();

        assertThat(find(before, "RedisCacheService.clearNamespace")
                        .get("reason")
                        .asText())
                .isEmpty();
        JsonNode found = find(after, "RedisCacheService.clearNamespace");
        assertThat(found.get("reason").asText()).startsWith("Only the compiled class shows it.");
        assertThat(found.get("automatic").asBoolean()).isFalse();
    }

    private Cli.Outcome check() {
        return Cli.in(project.root()).json("check");
    }

    private static JsonNode find(JsonNode document, String api) {
        return find(document, api, "api");
    }

    private static JsonNode find(JsonNode document, String api, String field) {
        for (JsonNode finding : document.get("findings")) {
            if (finding.get(field).asText().equals(api)) {
                return finding;
            }
        }
        throw new AssertionError("no finding of " + api + " in " + document);
    }

    private static String pom(String name, String modules) {
        return "<project><modelVersion>4.0.0</modelVersion><groupId>shop</groupId><artifactId>" + name
                + "</artifactId><version>1</version>"
                + (modules.isEmpty() ? "" : "<packaging>pom</packaging>") + modules + "</project>";
    }
}
