package io.cachemigrator.migrator.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Makes the JSON documents that commands print: the record's fields between the four that every document has. */
public final class Documents {

    /** Version of the documents' fields. */
    public static final String SCHEMA = "https://cachemigrator.io/schema/cli/1";

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Documents() {}

    /** The document's text. */
    public static String render(String command, int exitCode, Object body, List<String> nextSteps) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("schema", SCHEMA);
        document.put("command", command);
        document.put("exitCode", exitCode);
        JsonNode fields = MAPPER.valueToTree(body);
        if (fields instanceof ObjectNode object) {
            document.setAll(object);
        }
        document.set("nextSteps", MAPPER.valueToTree(nextSteps));
        return write(document);
    }

    /** Any value as compact JSON text. */
    public static String compact(Object value) {
        try {
            return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document that cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads JSON text that this class wrote. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document that cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static String write(ObjectNode document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document that cannot be written: " + e.getOriginalMessage(), e);
        }
    }
}
