package io.cachemigrator.migrator.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The bundled sample application, and what is known of it. */
final class SampleProject {
    private static final String FOLDER = "/samples/support-desk";

    private SampleProject() {}

    /** Copies the application into a folder. */
    static void copyTo(Path target) throws IOException {
        URL marker = SampleProject.class.getResource(FOLDER + "/pom.xml");
        try {
            if (marker.getProtocol().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(marker.toURI(), Map.of())) {
                    copy(jar.getPath(FOLDER), target);
                }
            } else {
                copy(Path.of(marker.toURI()).getParent(), target);
            }
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
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
