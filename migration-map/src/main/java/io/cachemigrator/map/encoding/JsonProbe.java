package io.cachemigrator.map.encoding;

import java.util.BitSet;

/**
 * Recognises a long JSON text as its bytes come, in pieces of any size, without holding it; agrees with {@link JsonText}. Not
 * thread-safe.
 */
public final class JsonProbe {
    private static final String[] LITERALS = {"true", "false", "null", "NaN", "Infinity"};

    /** What may come next. */
    private enum Expect {
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        COMMA_OR_END,
        STRING,
        ESCAPED,
        HEX,
        LITERAL,
        SIGNED,
        ZERO,
        DIGITS,
        FIRST_DECIMAL,
        DECIMALS,
        EXPONENT_SIGN,
        FIRST_EXPONENT,
        EXPONENT
    }

    private final BitSet objects = new BitSet();
    private final Utf8Probe characters = new Utf8Probe();
    private Expect expect = Expect.VALUE;
    private int depth;
    private boolean isName;
    private int hexLeft;
    private String literal = "";
    private int literalAt;
    private boolean invalid;

    /** Takes the next bytes. */
    public void accept(byte[] bytes, int length) {
        for (int i = 0; i < length && !invalid; i++) {
            byte b = bytes[i];
            if (expect != Expect.STRING || b < ' ' || b == '"' || b == '\\' || characters.isInside()) {
                invalid = !accept(b);
            }
        }
    }

    /** Whether the bytes so far are one JSON value, with nothing but white space around it. */
    public boolean isValid() {
        return !invalid && depth == 0 && (expect == Expect.COMMA_OR_END || endsNumber());
    }

    private boolean endsNumber() {
        return switch (expect) {
            case ZERO, DIGITS, DECIMALS, EXPONENT -> true;
            default -> false;
        };
    }

    private boolean accept(byte b) {
        return switch (expect) {
            case VALUE, VALUE_OR_END, NAME, NAME_OR_END, COLON, COMMA_OR_END -> isSpace(b) || structure(b);
            case STRING -> string(b);
            case ESCAPED -> escaped(b);
            case HEX -> hex(b);
            case LITERAL -> literal(b);
            default -> number(b);
        };
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\t' || b == '\r';
    }

    private boolean structure(byte b) {
        return switch (expect) {
            case VALUE -> value(b);
            case VALUE_OR_END -> b == ']' ? close() : value(b);
            case NAME -> b == '"' && name();
            case NAME_OR_END -> b == '}' ? close() : b == '"' && name();
            case COLON -> b == ':' && next(Expect.VALUE);
            default -> afterValue(b);
        };
    }

    private boolean next(Expect now) {
        expect = now;
        return true;
    }

    private boolean name() {
        isName = true;
        return next(Expect.STRING);
    }

    private boolean close() {
        depth--;
        return next(Expect.COMMA_OR_END);
    }

    private boolean afterValue(byte b) {
        if (depth == 0) {
            return false;
        }
        boolean object = objects.get(depth - 1);
        if (b == ',') {
            return next(object ? Expect.NAME : Expect.VALUE);
        }
        return b == (object ? '}' : ']') && close();
    }

    private boolean value(byte b) {
        if (depth > JsonText.MAX_DEPTH) {
            return false;
        }
        switch (b) {
            case '{', '[' -> {
                objects.set(depth++, b == '{');
                return next(b == '{' ? Expect.NAME_OR_END : Expect.VALUE_OR_END);
            }
            case '"' -> {
                isName = false;
                return next(Expect.STRING);
            }
            case '-' -> {
                return next(Expect.SIGNED);
            }
            default -> {
                return digit(b) || startsLiteral(b);
            }
        }
    }

    private boolean digit(byte b) {
        return isDigit(b) && next(b == '0' ? Expect.ZERO : Expect.DIGITS);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private boolean startsLiteral(byte b) {
        for (String each : LITERALS) {
            if (each.charAt(0) == b) {
                literal = each;
                literalAt = 1;
                return next(Expect.LITERAL);
            }
        }
        return false;
    }

    private boolean literal(byte b) {
        if (literal.charAt(literalAt++) != b) {
            return false;
        }
        return literalAt < literal.length() || next(Expect.COMMA_OR_END);
    }

    private boolean string(byte b) {
        if (characters.isInside() || b < 0) {
            return characters.accept(b);
        }
        if (b == '"') {
            return next(isName ? Expect.COLON : Expect.COMMA_OR_END);
        }
        return b == '\\' ? next(Expect.ESCAPED) : b >= ' ';
    }

    private boolean escaped(byte b) {
        if (b == 'u') {
            hexLeft = 4;
            return next(Expect.HEX);
        }
        return "\"\\/bfnrt".indexOf(b) >= 0 && next(Expect.STRING);
    }

    private boolean hex(byte b) {
        boolean digit = isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
        return digit && (--hexLeft > 0 || next(Expect.STRING));
    }

    private boolean number(byte b) {
        return switch (expect) {
            case SIGNED -> b == 'I' ? startsLiteral(b) : digit(b);
            case ZERO -> fraction(b);
            case DIGITS -> isDigit(b) || fraction(b);
            case FIRST_DECIMAL -> isDigit(b) && next(Expect.DECIMALS);
            case DECIMALS -> isDigit(b) || exponent(b);
            case EXPONENT_SIGN -> (b == '+' || b == '-') ? next(Expect.FIRST_EXPONENT) : firstExponent(b);
            case FIRST_EXPONENT -> firstExponent(b);
            default -> isDigit(b) || endOfNumber(b);
        };
    }

    private boolean firstExponent(byte b) {
        return isDigit(b) && next(Expect.EXPONENT);
    }

    private boolean fraction(byte b) {
        return b == '.' ? next(Expect.FIRST_DECIMAL) : exponent(b);
    }

    private boolean exponent(byte b) {
        return (b == 'e' || b == 'E') ? next(Expect.EXPONENT_SIGN) : endOfNumber(b);
    }

    private boolean endOfNumber(byte b) {
        expect = Expect.COMMA_OR_END;
        return isSpace(b) || afterValue(b);
    }
}
