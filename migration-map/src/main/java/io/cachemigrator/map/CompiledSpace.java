package io.cachemigrator.map;

import io.cachemigrator.map.Template.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key space with the values of its parameters put in.
 *
 * @param keySpace as the map has it
 * @param pattern its pattern
 * @param prefixLength the length of the pattern's prefix, in bytes
 * @param region the target region; empty where there is none
 * @param id how the target id is made from the tail, or null where there is none
 * @param legacyKey how the target's legacy key is made from the tail, or null where there is none
 * @param tags the tags, with names of the pattern's variables
 */
record CompiledSpace(
        KeySpace keySpace,
        KeyPattern pattern,
        int prefixLength,
        String region,
        @Nullable Affixes id,
        @Nullable Affixes legacyKey,
        List<Template> tags) {

    /** Text before and after the tail. */
    record Affixes(String before, boolean tail, String after) {
        String apply(String tailText) {
            return tail ? (after.isEmpty() ? before.concat(tailText) : before + tailText + after) : before;
        }

        /** The tail that gave a text; null where none did. */
        @Nullable
        String tailOf(String text) {
            if (!tail) {
                return text.equals(before) ? "" : null;
            }
            boolean fits = text.length() >= before.length() + after.length()
                    && text.startsWith(before)
                    && text.endsWith(after);
            return fits ? text.substring(before.length(), text.length() - after.length()) : null;
        }
    }

    static CompiledSpace of(KeySpace space, Map<String, String> parameters, @Nullable String regionOfAll) {
        KeyPattern pattern = compiled(KeyPattern.parse(space.pattern(), parameters));
        Target target = space.target();
        String region = target == null || target.region() == null ? "" : target.region();
        return new CompiledSpace(
                space,
                pattern,
                pattern.prefix().getBytes(StandardCharsets.UTF_8).length,
                regionOfAll == null || region.isEmpty() ? region : regionOfAll,
                target == null ? null : affixes(target.id(), pattern, parameters),
                target == null ? null : affixes(target.legacyKey(), pattern, parameters),
                target == null ? List.of() : tags(target, parameters));
    }

    private static List<Template> tags(Target target, Map<String, String> parameters) {
        return target.tags().stream()
                .map(text -> Template.parse(text).template())
                .filter(Objects::nonNull)
                .map(template -> template.with(parameters))
                .toList();
    }

    static KeyPattern compiled(KeyPattern.Parsed parsed) {
        if (parsed.pattern() == null) {
            throw new IllegalArgumentException(parsed.error());
        }
        return parsed.pattern();
    }

    /** The tags of an entry, with the values of a key's variables. */
    List<String> tags(String tail) {
        if (tags.isEmpty()) {
            return List.of();
        }
        Map<String, String> variables = pattern.variables(tail);
        return tags.stream().map(tag -> tag.filled(variables)).toList();
    }

    /** What is wrong with a tag, or null where nothing is. */
    static @Nullable String tagFault(String text, KeyPattern pattern, Map<String, String> parameters) {
        Template.Parsed parsed = Template.parse(text);
        if (parsed.template() == null) {
            return parsed.error();
        }
        return parsed.template().with(parameters).parts().stream()
                        .allMatch(part ->
                                part.name() == null || pattern.variableNames().contains(part.name()))
                ? null
                : "This may hold the pattern's variables " + pattern.variableNames() + ", and no other.";
    }

    /** What is wrong with a template of a target, or null where nothing is. */
    static @Nullable String fault(String template, KeyPattern pattern, Map<String, String> parameters) {
        Template.Parsed parsed = Template.parse(template);
        if (parsed.template() == null) {
            return parsed.error();
        }
        List<String> names = parsed.template().with(parameters).parts().stream()
                .filter(part -> part.name() != null)
                .map(part -> String.valueOf(part.name()))
                .toList();
        List<String> tailNames = pattern.tailNames();
        if (names.size() == (pattern.exact() ? 0 : 1) && tailNames.containsAll(names)) {
            return null;
        }
        return pattern.exact()
                ? "The pattern is one key, so this must not hold a variable."
                : "This must hold '{" + String.join("}' or '{", tailNames)
                        + "}' exactly once, else keys would collide.";
    }

    private static @Nullable Affixes affixes(
            @Nullable String text, KeyPattern pattern, Map<String, String> parameters) {
        if (text == null) {
            return null;
        }
        String fault = fault(text, pattern, parameters);
        Template template = Template.parse(text).template();
        if (fault != null || template == null) {
            throw new IllegalArgumentException("The template '" + text + "' cannot be used. " + fault);
        }
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        boolean tail = false;
        for (Part part : template.with(parameters).parts()) {
            tail |= part.name() != null;
            (tail ? after : before).append(part.literal());
        }
        return new Affixes(before.toString(), tail, after.toString());
    }
}
