package io.cachemigrator.migrator.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the JUnit XML reports that a build leaves: Maven's in {@code target}, Gradle's in {@code build}. */
final class TestReports {
    private static final Set<String> FOLDERS = Set.of("surefire-reports", "failsafe-reports", "test-results");
    private static final long MOST_BYTES = 64L << 20;

    private final Path root;
    private final Map<Path, FileTime> before;

    /** Remembers the reports that are there now. */
    TestReports(Path root) throws IOException {
        this.root = root;
        this.before = reports();
    }

    /** What the reports tell that were written since. */
    TestOutcome fresh(int exitCode) throws IOException {
        Set<String> passed = new TreeSet<>();
        Set<String> failed = new TreeSet<>();
        for (Map.Entry<Path, FileTime> report : reports().entrySet()) {
            if (!report.getValue().equals(before.get(report.getKey())) && Files.size(report.getKey()) <= MOST_BYTES) {
                read(report.getKey(), passed, failed);
            }
        }
        passed.removeAll(failed);
        return new TestOutcome(exitCode, passed, failed);
    }

    private Map<Path, FileTime> reports() throws IOException {
        Map<Path, FileTime> found = new HashMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name =
                        folder.getFileName() == null ? "" : folder.getFileName().toString();
                boolean hidden = name.startsWith(".") && !folder.equals(root);
                return hidden || name.equals("node_modules") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (name.startsWith("TEST-") && name.endsWith(".xml") && isReport(file)) {
                    found.put(file, attributes.lastModifiedTime());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE; // a build may remove what it made
            }
        });
        return found;
    }

    private boolean isReport(Path file) {
        for (Path part : root.relativize(file)) {
            if (FOLDERS.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    private static void read(Path report, Set<String> passed, Set<String> failed) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream bytes = Files.newInputStream(report)) {
            XMLStreamReader xml = factory.createXMLStreamReader(bytes);
            String test = "";
            Set<String> ended = passed;
            while (xml.hasNext()) {
                int event = xml.next();
                String name = event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT
                        ? xml.getLocalName()
                        : "";
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (name) {
                        case "testcase" -> {
                            test = xml.getAttributeValue(null, "classname") + "." + xml.getAttributeValue(null, "name");
                            ended = passed;
                        }
                        case "failure", "error" -> ended = failed;
                        case "skipped" -> ended = new TreeSet<>();
                        default -> {}
                    }
                } else if (name.equals("testcase")) {
                    ended.add(test.replaceAll("\\s+", " "));
                }
            }
        } catch (XMLStreamException torn) {
            throw new IOException("The report " + report + " is no XML: " + torn.getMessage(), torn);
        }
    }
}
