package io.cachemigrator.migrator.report;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes findings as JUnit XML, which build servers read as test results: a failed test case for each thing that has some. */
public final class JunitReport {
    private JunitReport() {}

    /**
     * Writes a file.
     *
     * @param suite name of the suite, and of the class of its cases
     * @param failures findings by the name of their case; empty = one case that passes
     * @param what what several findings are called, such as {@code new uses of legacy caches}
     * @param passed name of the case that passes
     * @throws MigratorException where the file cannot be written
     */
    public static void write(String suite, Map<String, List<String>> failures, String what, String passed, Path file) {
        try (Writer writer = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", String.valueOf(Math.max(1, failures.size())));
            xml.writeAttribute("failures", String.valueOf(failures.size()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            xml.writeAttribute("time", "0");
            if (failures.isEmpty()) {
                testCase(xml, suite, passed);
                xml.writeEndElement();
            }
            for (Map.Entry<String, List<String>> failure : failures.entrySet()) {
                testCase(xml, suite, failure.getKey());
                xml.writeStartElement("failure");
                xml.writeAttribute("message", failure.getValue().size() + " " + what);
                xml.writeAttribute("type", suite);
                xml.writeCharacters(allowed(String.join("\n", failure.getValue())));
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

    /** What XML has no way to write becomes a replacement character. */
    private static String allowed(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }

    private static void testCase(XMLStreamWriter xml, String suite, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("name", allowed(name));
        xml.writeAttribute("time", "0");
    }
}
