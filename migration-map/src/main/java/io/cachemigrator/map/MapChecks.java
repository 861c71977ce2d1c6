package io.cachemigrator.map;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks that span several fields or elements of a map. */
final class MapChecks {
    private final ObjectReader document;
    private final MigrationMap map;
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> claimed = new HashMap<>();

    MapChecks(ObjectReader document, MigrationMap map) {
        this.document = document;
        this.map = map;
    }

    void run() {
        map.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter.defaultValue()));
        if (parameters.containsKey(KeyPattern.TAIL)) {
            document.problem("parameters", "A parameter must not be named 'tail', which stands for the end of a key.");
        }
        if (map.keySpaces().isEmpty()
                && map.apis().isEmpty()
                && map.configuration().isEmpty()) {
            document.problem("", "The map describes nothing: give it apis, keySpaces or configuration.");
        }
        unique("parameters", "name", map.parameters(), MapParameter::name);
        unique(
                "apis",
                "type",
                map.apis(),
                api -> api.usage() == LegacyUsage.ANY ? api.type() : api.type() + " (" + api.usage() + ")");
        unique("keySpaces", "name", map.keySpaces(), KeySpace::name);
        unique("configuration", "key", map.configuration(), ConfigurationKey::key);
        for (int i = 0; i < map.keySpaces().size(); i++) {
            keySpace("keySpaces", i, map.keySpaces().get(i));
        }
        for (int i = 0; i < map.exclusions().size(); i++) {
            KeyPattern pattern =
                    pattern("exclusions", i, map.exclusions().get(i).pattern());
            if (pattern != null && pattern.open()) {
                document.element("exclusions", i, "pattern", "An exclusion cannot be every key.");
            }
        }
    }

    private void keySpace(String list, int index, KeySpace space) {
        KeyPattern pattern = pattern(list, index, space.pattern());
        Target target = space.target();
        if (pattern != null && pattern.open() != space.open()) {
            document.element(
                    list,
                    index,
                    pattern.open() ? "pattern" : "open",
                    "A key space is open where its pattern is one variable and nothing else; it needs 'open: true' then,"
                            + " because it claims every key that nothing else does.");
        }
        if (pattern != null && target != null) {
            for (int i = 0; i < target.tags().size(); i++) {
                tag(list, index, i, target.tags().get(i), pattern);
            }
            template(list, index, "target.id", target.id(), pattern);
            template(list, index, "target.legacyKey", target.legacyKey(), pattern);
        }
    }

    private @Nullable KeyPattern pattern(String list, int index, String text) {
        if (text.isBlank()) {
            return null; // reported as missing or empty
        }
        KeyPattern.Parsed parsed = KeyPattern.parse(text, parameters);
        KeyPattern pattern = parsed.pattern();
        if (pattern == null) {
            document.element(list, index, "pattern", parsed.error() == null ? "" : parsed.error());
            return null;
        }
        String where = list + "[" + index + "]";
        String before = claimed.putIfAbsent(pattern.claim(), where);
        if (before != null) {
            document.element(list, index, "pattern", "This claims the same keys as the pattern of " + before + ".");
        }
        return pattern;
    }

    private void template(String list, int index, String field, @Nullable String text, KeyPattern pattern) {
        if (text == null || text.isBlank()) {
            return;
        }
        String fault = CompiledSpace.fault(text, pattern, parameters);
        if (fault != null) {
            document.element(list, index, field, fault);
        }
    }

    private void tag(String list, int index, int at, String text, KeyPattern pattern) {
        String fault = CompiledSpace.tagFault(text, pattern, parameters);
        if (fault != null) {
            document.element(list, index, "target.tags[" + at + "]", fault);
        }
    }

    private <T> void unique(String list, String field, List<T> elements, Function<T, String> name) {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            String value = name.apply(elements.get(i));
            Integer before = value.isEmpty() ? null : first.putIfAbsent(value, i);
            if (before != null) {
                String where = list + "[" + before + "]";
                document.element(
                        list,
                        i,
                        field,
                        "'" + Problems.echo(value) + "' is already the " + field + " of " + where + ".");
            }
        }
    }
}
