package io.cachemigrator.cache.domain.keyed;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.Map.Entry;

/** Writes a tree in the JSON dialect of the legacy services. */
final class LegacyJsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    /** Numbers below this power of ten, and from {@link #SMALLEST_PLAIN} on, are written without an exponent. */
    private static final int LARGEST_PLAIN = 16;

    private static final int SMALLEST_PLAIN = -4;

    private final StringBuilder out = new StringBuilder();

    private LegacyJsonText() {}

    static String of(JsonNode tree) {
        LegacyJsonText text = new LegacyJsonText();
        text.write(tree);
        return text.out.toString();
    }

    private void write(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node);
            case ARRAY -> writeArray(node);
            case STRING -> quote(node.textValue());
            case NUMBER -> writeNumber(node);
            case BOOLEAN -> out.append(node.booleanValue());
            case BINARY -> quote(node.asText());
            case NULL, MISSING, POJO -> writeOther(node);
        }
    }

    private void writeOther(JsonNode node) {
        if (node.isPojo()) {
            // a value that Jackson embeds as it is; its tree was built from JSON types only, so none is expected
            throw new UncheckedIOException(new IOException("an embedded object"));
        }
        out.append("null");
    }

    private void writeObject(JsonNode node) {
        out.append('{');
        Iterator<Entry<String, JsonNode>> members = node.properties().iterator();
        while (members.hasNext()) {
            Entry<String, JsonNode> member = members.next();
            quote(member.getKey());
            out.append(": ");
            write(member.getValue());
            out.append(members.hasNext() ? ", " : "");
        }
        out.append('}');
    }

    private void writeArray(JsonNode node) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            write(node.get(i));
        }
        out.append(']');
    }

    private void writeNumber(JsonNode node) {
        if (node.isIntegralNumber()) {
            out.append(node.asText());
        } else if (node.isFloat()) {
            // by way of its text: 0.1f stays 0.1 rather than 0.10000000149011612
            out.append(number(Double.parseDouble(Float.toString(node.floatValue()))));
        } else if (node.isBigDecimal() && !isExactly(node.decimalValue(), node.doubleValue())) {
            out.append(node.decimalValue());
        } else {
            out.append(number(node.doubleValue()));
        }
    }

    private static boolean isExactly(BigDecimal decimal, double value) {
        return Double.isFinite(value) && new BigDecimal(NumberOutput.toString(value, true)).compareTo(decimal) == 0;
    }

    /** The shortest text that reads back as the same number, in the legacy notation. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        if (exponent >= SMALLEST_PLAIN && exponent < LARGEST_PLAIN) {
            String plain = shortest.toPlainString();
            return sign + plain + (plain.indexOf('.') < 0 ? ".0" : "");
        }
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return sign + digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + power;
    }

    private static BigDecimal shortest(double value) {
        BigDecimal shortest = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        // the platform's rule asks for two digits at least, even where one is enough to tell the number: 4.9E-324
        BigDecimal shorter = shortest.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return shorter.doubleValue() == value ? shorter : shortest;
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> appendCharacter(c);
            }
        }
        out.append('"');
    }

    private void appendCharacter(char c) {
        // DEL is ASCII, and the legacy services write it as it is
        if (c >= ' ' && c <= 0x7f) {
            out.append(c);
        } else {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(HEX[(c >> shift) & 0xf]);
            }
        }
    }
}
