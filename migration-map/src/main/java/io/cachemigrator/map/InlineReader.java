package io.cachemigrator.map;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is written in place of a method's calls. */
final class InlineReader {
    static final String[] FIELDS = {"parameters", "replacement", "imports"};

    private static final String NAME = "[A-Za-z_$][\\w$]*";
    private static final Pattern PARAMETER =
            Pattern.compile("(" + NAME + "(?:\\." + NAME + ")*(?:\\[\\])*) (" + NAME + ")");
    private static final Pattern TYPE = Pattern.compile("[a-z_]\\w*(?:\\." + NAME + ")+");

    private InlineReader() {}

    static InlineForm form(ObjectReader fields) {
        List<String> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String parameter : fields.texts("parameters")) {
            Matcher matcher = PARAMETER.matcher(parameter);
            if (matcher.matches()) {
                types.add(matcher.group(1));
                names.add(matcher.group(2));
            } else {
                fields.problem(
                        "parameters",
                        "A parameter is a type and a name, such as 'java.lang.String key', without type arguments.");
            }
        }
        if (new HashSet<>(names).size() < names.size() || names.contains(InlineForm.THIS)) {
            fields.problem("parameters", "Each parameter needs a name of its own, and none may be 'this'.");
        }
        for (String type : fields.texts("imports")) {
            if (!TYPE.matcher(type).matches()) {
                fields.problem("imports", "An import is a fully qualified type, such as 'java.time.Duration'.");
            }
        }
        String replacement = fields.requiredText("replacement");
        String fault = replacement.isBlank() ? null : ReplacementText.fault(replacement);
        if (fault != null) {
            fields.problem("replacement", fault);
        }
        return new InlineForm(types, names, replacement, fields.texts("imports"));
    }

    /** Checks that go beyond one form. */
    static void check(ObjectReader method, String name, RewriteMode rewrite, List<InlineForm> forms) {
        if (rewrite == RewriteMode.MANUAL) {
            method.forbid("inline", "is only for what a recipe rewrites");
        }
        Set<List<String>> overloads = new HashSet<>();
        for (int i = 0; i < forms.size(); i++) {
            InlineForm form = forms.get(i);
            if (!overloads.add(form.parameterTypes())) {
                method.element("inline", i, "parameters", "This overload has a replacement already.");
            }
            boolean object = form.pieces().stream()
                    .anyMatch(piece -> piece.operand() && piece.text().equals(InlineForm.THIS));
            if (name.equals("<init>") && object) {
                method.element("inline", i, "replacement", "A construction has no 'this'.");
            }
        }
    }
}
