package io.cachemigrator.migrator.arch;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes what the check of classes found as JUnit XML, a test case for each class that has new uses. */
public final class ArchReports {
    private static final String RULE = "no-new-legacy-usage";

    private ArchReports() {}

    /** Writes a file that build servers read as test results. */
    public static void junit(ArchReport report, Path file) {
        Map<String, List<String>> failures = new TreeMap<>();
        for (ArchReport.Violation violation : report.violations()) {
            failures.computeIfAbsent(violation.origin(), origin -> new ArrayList<>())
                    .add(violation.file() + ":" + violation.line() + " uses " + violation.use() + "; use "
                            + violation.replacement());
        }
        report.unreadable()
                .forEach(name -> failures.computeIfAbsent(name, each -> new ArrayList<>())
                        .add("its class file cannot be read"));
        try (Writer writer = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", RULE);
            xml.writeAttribute("tests", String.valueOf(Math.max(1, failures.size())));
            xml.writeAttribute("failures", String.valueOf(failures.size()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            if (failures.isEmpty()) {
                testCase(xml, "all classes");
                xml.writeEndElement();
            }
            for (Map.Entry<String, List<String>> failure : failures.entrySet()) {
                testCase(xml, failure.getKey());
                xml.writeStartElement("failure");
                xml.writeAttribute("message", failure.getValue().size() + " new uses of legacy caches");
                xml.writeAttribute("type", RULE);
                xml.writeCharacters(String.join("\n", failure.getValue()));
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (IOException | XMLStreamException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The JUnit file " + file + " cannot be written.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Name a file in a folder that exists and may be written.",
                    e);
        }
    }

    private static void testCase(XMLStreamWriter xml, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", RULE);
        xml.writeAttribute("name", name);
        xml.writeAttribute("time", "0");
    }
}
