package io.cachemigrator.cache.domain.ai;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values in the text form that Python gives them, which older keys were made of. */
final class PythonText {
    private static final int LOWEST_PLAIN = -4;
    private static final int HIGHEST_PLAIN = 16;

    private PythonText() {}

    /** A value by itself: text stands without quotes. */
    static String of(@Nullable Object value) {
        return value instanceof String text ? text : nested(value);
    }

    private static String nested(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            return number(((Number) value).doubleValue());
        }
        if (value instanceof Number whole) {
            return whole.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PythonText::nested).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> nested(entry.getKey()) + ": " + nested(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        throw AiRequest.refused(
                "An option is a " + value.getClass().getName()
                        + ", which is none of text, number, boolean, list and map. Turn it into one of them.",
                Map.of("type", value.getClass().getName()));
    }

    /** The shortest digits that read back; an exponent below 1e-4 and from 1e16 on. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = Shortest.of(value);
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - shortest.scale() - 1;
        String sign = value < 0 ? "-" : "";
        if (exponent < LOWEST_PLAIN || exponent >= HIGHEST_PLAIN) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign
                    + digits.charAt(0)
                    + fraction
                    + (exponent < 0 ? "e-" : "e+")
                    + (Math.abs(exponent) < 10 ? "0" : "")
                    + Math.abs(exponent);
        }
        String plain = shortest.abs().toPlainString();
        return sign + (plain.contains(".") ? plain : plain + ".0");
    }

    /** Text in single quotes, or double ones when it holds single ones only. */
    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(quote);
        text.codePoints().forEach(each -> {
            switch (each) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> appendPlain(out, each, quote);
            }
        });
        return out.append(quote).toString();
    }

    private static void appendPlain(StringBuilder out, int each, char quote) {
        if (each == quote) {
            out.append('\\').appendCodePoint(each);
        } else if (isPrintable(each)) {
            out.appendCodePoint(each);
        } else if (each <= 0xFF) {
            out.append(String.format("\\x%02x", each));
        } else if (each <= 0xFFFF) {
            out.append(String.format("\\u%04x", each));
        } else {
            out.append(String.format("\\U%08x", each));
        }
    }

    private static boolean isPrintable(int each) {
        return switch (Character.getType(each)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> each == ' ';
            default -> true;
        };
    }
}
