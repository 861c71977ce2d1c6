package io.cachemigrator.cache.config.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Settings in files that nest, flattened to paths. A list becomes a text with commas. No file can make an object. */
final class StructuredText {
    private final Map<String, ConfigValue> settings = new TreeMap<>();
    private final String file;
    private final ConfigProblems problems;

    private StructuredText(String file, ConfigProblems problems) {
        this.file = file;
        this.problems = problems;
    }

    static Map<String, ConfigValue> yaml(String text, String file, ConfigProblems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(10);
        StructuredText reader = new StructuredText(file, problems);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root != null) {
                reader.add("", root);
            }
        } catch (MarkedYAMLException malformed) {
            int line = malformed.getProblemMark() == null
                    ? 0
                    : malformed.getProblemMark().getLine() + 1;
            problems.add(file + ", line " + line + ": " + malformed.getProblem());
        } catch (YAMLException malformed) {
            problems.add(file + " is not YAML that can be read");
        }
        return reader.settings;
    }

    private void add(String path, Node node) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                add(path.isEmpty() ? key : path + "." + key, entry.getValueNode());
            }
        } else if (node instanceof SequenceNode sequence) {
            List<String> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    items.add(scalar.getValue());
                } else {
                    problems.add(
                            path + " (" + at(item.getStartMark().getLine() + 1) + ") holds more than plain values");
                }
            }
            put(path, String.join(",", items), node.getStartMark().getLine() + 1);
        } else if (node instanceof ScalarNode scalar && !Tag.NULL.equals(node.getTag())) {
            put(path, scalar.getValue(), node.getStartMark().getLine() + 1);
        }
    }

    private void put(String path, String text, int line) {
        if (path.isEmpty()) {
            problems.add(file + " holds a text where settings by name are expected");
        } else if (settings.put(path, new ConfigValue(text, at(line))) != null) {
            problems.add(path + " (" + at(line) + ") is given twice");
        }
    }

    private String at(int line) {
        return file + ", line " + line;
    }

    static Map<String, ConfigValue> json(String text, String file, ConfigProblems problems) {
        StructuredText reader = new StructuredText(file, problems);
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                reader.object("", parser);
            } else {
                problems.add(file + " is not a JSON object");
            }
        } catch (JsonProcessingException malformed) {
            problems.add(reader.at(malformed.getLocation().getLineNr()) + ": " + malformed.getOriginalMessage());
        } catch (IOException unexpected) {
            problems.add(file + " cannot be read: " + unexpected.getClass().getSimpleName());
        }
        return reader.settings;
    }

    private void object(String path, JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String inner = path.isEmpty() ? name : path + "." + name;
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                object(inner, parser);
            } else if (value == JsonToken.START_ARRAY) {
                array(inner, parser);
            } else if (value != JsonToken.VALUE_NULL) {
                put(inner, parser.getText(), parser.currentLocation().getLineNr());
            }
        }
    }

    private void array(String path, JsonParser parser) throws IOException {
        List<String> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken().isScalarValue()) {
                items.add(parser.getText());
            } else {
                problems.add(path + " (" + at(parser.currentLocation().getLineNr()) + ") holds more than plain values");
                parser.skipChildren();
            }
        }
        put(path, String.join(",", items), parser.currentLocation().getLineNr());
    }
}
