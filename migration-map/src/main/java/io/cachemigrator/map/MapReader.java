package io.cachemigrator.map;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Makes a map from a document's nodes and reports all that is wrong on the way. */
final class MapReader {
    private static final Pattern FAMILY = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9]*");
    private static final Pattern PACKAGE = Pattern.compile("[a-zA-Z_][\\w]*(\\.[a-zA-Z_][\\w]*)*\\.\\*\\*");
    private static final String[] MAP_FIELDS = {
        "format", "family", "title", "parameters", "apis", "keySpaces", "exclusions", "configuration"
    };
    private static final String[] PARAMETER_FIELDS = {"name", "description", "default", "replacesRegions"};
    private static final String[] API_FIELDS = {
        "type", "usage", "replacement", "rewrite", "reason", "complexity", "effort", "recipe", "methods"
    };
    private static final String[] METHOD_FIELDS = {
        "name", "replacement", "rewrite", "reason", "complexity", "effort", "inline"
    };
    private static final String[] CONFIGURATION_FIELDS = {
        "key", "action", "replacement", "value", "secret", "conversion", "note"
    };
    private static final Effort NO_EFFORT = new Effort(Duration.ZERO, Duration.ZERO);

    private final Problems problems;

    MapReader(Problems problems) {
        this.problems = problems;
    }

    MigrationMap read(Node root) {
        ObjectReader map = new ObjectReader(problems, "", root, MAP_FIELDS);
        String format = map.requiredText("format");
        if (!format.equals("1") && map.has("format")) {
            problems.notAllowed(
                    map.mark("format"), "format", "This version of the format is unknown.", format, List.of("1"));
        }
        String family = map.requiredText("family");
        if (map.has("family") && !FAMILY.matcher(family).matches()) {
            map.problem("family", "A family's name has lower-case letters, digits and hyphens.");
        }
        MigrationMap read = new MigrationMap(
                family,
                map.requiredText("title"),
                map.objects("parameters", MapReader::parameter, PARAMETER_FIELDS),
                map.objects("apis", MapReader::api, API_FIELDS),
                map.objects("keySpaces", KeySpaceReader::keySpace, KeySpaceReader.FIELDS),
                map.objects("exclusions", KeySpaceReader::exclusion, "pattern", "reason"),
                map.objects("configuration", MapReader::configuration, CONFIGURATION_FIELDS));
        new MapChecks(map, read).run();
        return read;
    }

    private static MapParameter parameter(ObjectReader fields) {
        String name = fields.requiredText("name");
        if (fields.has("name") && !NAME.matcher(name).matches()) {
            fields.problem("name", "A parameter's name has letters and digits.");
        }
        return new MapParameter(
                name, fields.text("description", ""), fields.requiredText("default"), fields.flag("replacesRegions"));
    }

    private static LegacyApi api(ObjectReader fields) {
        fields.require("rewrite");
        fields.require("complexity");
        fields.require("effort");
        RewriteMode rewrite = fields.oneOf("rewrite", RewriteMode.class);
        LegacyApi api = new LegacyApi(
                type(fields, rewrite),
                usage(fields, rewrite),
                fields.requiredText("replacement"),
                rewrite == null ? RewriteMode.AUTOMATIC : rewrite, // reported, so the map is not used
                reason(fields, rewrite),
                fields.oneOf("complexity", Complexity.class, Complexity.LOW),
                effort(fields, NO_EFFORT),
                fields.text("recipe"),
                List.of());
        List<LegacyMethod> methods = fields.objects("methods", method -> method(method, api), METHOD_FIELDS);
        return new LegacyApi(
                api.type(),
                api.usage(),
                api.replacement(),
                api.rewrite(),
                api.reason(),
                api.complexity(),
                api.effort(),
                api.recipe(),
                methods);
    }

    /** A whole package, or some uses of a type only, can be found, but not be rewritten. */
    private static String type(ObjectReader fields, @Nullable RewriteMode rewrite) {
        String type = fields.requiredText("type");
        if (type.contains("*")) {
            if (!PACKAGE.matcher(type).matches()) {
                fields.problem("type", "A package is written as 'com.acme.cache.**'.");
            } else if (rewrite == RewriteMode.AUTOMATIC) {
                fields.problem("type", "A package is only for what is rewritten by hand.");
            }
        }
        return type;
    }

    private static LegacyUsage usage(ObjectReader fields, @Nullable RewriteMode rewrite) {
        LegacyUsage usage = fields.oneOf("usage", LegacyUsage.class, LegacyUsage.ANY);
        if (usage != LegacyUsage.ANY && rewrite == RewriteMode.AUTOMATIC) {
            fields.problem("usage", "The usage '" + usage + "' is only for what is rewritten by hand.");
        }
        return usage;
    }

    /** A method takes over from its type what it does not say itself. */
    private static LegacyMethod method(ObjectReader fields, LegacyApi api) {
        RewriteMode own = fields.oneOf("rewrite", RewriteMode.class);
        RewriteMode rewrite = own == null ? api.rewrite() : own;
        String reason = own == null && !fields.has("reason") ? api.reason() : reason(fields, rewrite);
        String name = fields.requiredText("name");
        List<InlineForm> inline = fields.objects("inline", InlineReader::form, InlineReader.FIELDS);
        InlineReader.check(fields, name, rewrite, inline);
        return new LegacyMethod(
                name,
                fields.text("replacement"),
                rewrite,
                reason,
                fields.oneOf("complexity", Complexity.class, api.complexity()),
                effort(fields, api.effort()),
                inline);
    }

    private static @Nullable String reason(ObjectReader fields, @Nullable RewriteMode rewrite) {
        if (rewrite == RewriteMode.MANUAL) {
            fields.require("reason");
        } else if (rewrite != null) {
            fields.forbid("reason", "is only for what is rewritten by hand");
        }
        return fields.text("reason");
    }

    private static Effort effort(ObjectReader fields, Effort fallback) {
        Effort effort = fields.object("effort", MapReader::range, "min", "max");
        return effort == null ? fallback : effort;
    }

    private static Effort range(ObjectReader fields) {
        fields.require("min");
        fields.require("max");
        Duration min = fields.duration("min");
        Duration max = fields.duration("max");
        if (min == null || max == null) {
            return NO_EFFORT;
        }
        if (min.isNegative() || max.compareTo(min) < 0) {
            fields.problem("max", "The maximum must not be less than the minimum.");
            return NO_EFFORT;
        }
        return new Effort(min, max);
    }

    private static ConfigurationKey configuration(ObjectReader fields) {
        fields.require("action");
        ConfigurationAction action = fields.oneOf("action", ConfigurationAction.class, ConfigurationAction.KEEP);
        if (action == ConfigurationAction.RENAME) {
            fields.require("replacement");
        } else {
            fields.forbid("replacement", "is only for the action 'rename'");
        }
        if (action == ConfigurationAction.ADD) {
            fields.require("value");
        } else {
            fields.forbid("value", "is only for the action 'add'");
        }
        return new ConfigurationKey(
                fields.requiredText("key"),
                action,
                fields.text("replacement"),
                fields.text("value"),
                fields.flag("secret"),
                fields.oneOf("conversion", ValueConversion.class, ValueConversion.NONE),
                fields.text("note", ""));
    }
}
