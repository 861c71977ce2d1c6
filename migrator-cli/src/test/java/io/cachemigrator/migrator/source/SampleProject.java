package io.cachemigrator.migrator.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.testkit.LegacySources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The bundled sample applications, and what is known of them. */
enum SampleProject {
    /** Of the services family. */
    SUPPORT_DESK("support-desk", "services", 150, 15),
    /** Of the factory family. */
    TEXT_LAB("text-lab", "factory", 100, 8);

    private final String title;
    private final String family;
    private final int members;
    private final int tests;

    SampleProject(String title, String family, int members, int tests) {
        this.title = title;
        this.family = family;
        this.members = members;
        this.tests = tests;
    }

    /** The family whose APIs it uses. */
    String family() {
        return family;
    }

    /** How many members the family has at least. */
    int members() {
        return members;
    }

    /** How many tests of its own it has at least. */
    int tests() {
        return tests;
    }

    /** The variable that tells its tests where Redis is. */
    String redisVariable() {
        return title.toUpperCase(Locale.ROOT).replace('-', '_') + "_REDIS";
    }

    private String folder() {
        return "/samples/" + title;
    }

    /** Copies the application into a folder. */
    void copyTo(Path target) {
        LegacySources.sampleTo(title, target);
    }

    /** Every legacy call site as the manifest states it, a line of text each. */
    List<String> manifest() throws IOException {
        JsonNode manifest = new ObjectMapper().readTree(SampleProject.class.getResource(folder() + ".manifest.json"));
        List<String> sites = new ArrayList<>();
        manifest.get("callSites")
                .forEach(site -> sites.add(String.join(
                        " ",
                        site.get("file").asText(),
                        site.get("line").asText(),
                        site.get("api").asText(),
                        site.get("outcome").asText(),
                        site.path("reasonCode").asText("-"))));
        return sites;
    }
}
