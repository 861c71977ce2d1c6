package io.cachemigrator.map;

import java.util.ArrayList;
import java.util.List;

/**
 * What is written in place of a call of one overload: an expression of the legacy object and the call's arguments. Immutable.
 *
 * @param parameterTypes the overload's parameters as declared: fully qualified, without type arguments
 * @param parameterNames what the expression calls its arguments, in their order
 * @param replacement one Java call in which {@code this} is the legacy object
 * @param imports fully qualified types that it names
 */
public record InlineForm(
        List<String> parameterTypes, List<String> parameterNames, String replacement, List<String> imports) {
    /** The legacy object in a replacement. */
    public static final String THIS = "this";

    /** Takes copies of the lists. */
    public InlineForm {
        parameterTypes = List.copyOf(parameterTypes);
        parameterNames = List.copyOf(parameterNames);
        imports = List.copyOf(imports);
    }

    /**
     * A piece of a replacement.
     *
     * @param text its text
     * @param operand whether it is {@code this} or the name of a parameter
     */
    public record Piece(String text, boolean operand) {}

    /** The replacement in pieces, whose texts together are the whole of it. */
    public List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        for (ReplacementText.Token token : ReplacementText.tokens(replacement)) {
            boolean operand = token.freeName() && (token.text().equals(THIS) || parameterNames.contains(token.text()));
            pieces.add(new Piece(token.text(), operand));
        }
        return pieces;
    }

    /** Whether each operand is evaluated once, in the order of the legacy call: the object first, then each argument. */
    public boolean keepsOrder() {
        List<String> used =
                pieces().stream().filter(Piece::operand).map(Piece::text).toList();
        List<String> wanted = new ArrayList<>(parameterNames);
        if (used.contains(THIS)) {
            wanted.add(0, THIS);
        }
        return used.equals(wanted);
    }
}
