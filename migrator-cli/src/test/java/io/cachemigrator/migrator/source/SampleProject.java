package io.cachemigrator.migrator.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cachemigrator.migrator.testkit.LegacySources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bundled sample application, and what is known of it. */
final class SampleProject {
    private SampleProject() {}

    /** Copies the application into a folder. */
    static void copyTo(Path target) {
        LegacySources.sampleTo(target);
    }

    /** Every legacy call site as the manifest states it, a line of text each. */
    static List<String> manifest() throws IOException {
        JsonNode manifest =
                new ObjectMapper().readTree(SampleProject.class.getResource("/samples/support-desk.manifest.json"));
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
