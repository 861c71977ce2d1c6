package io.cachemigrator.cache.domain.ai;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Ids that are digests. What is digested is an unambiguous writing of the request: each part by its type and length. */
final class DigestKeys implements AiKeys {
    static final DigestKeys INSTANCE = new DigestKeys();
    private static final int BYTES = 24;
    private static final int DEEPEST = 32;

    private DigestKeys() {}

    @Override
    public String idOf(AiRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, request.operation());
            text(out, request.text());
            value(out, request.options(), 0);
            value(out, request.question(), 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return request.operation() + ":" + Digests.hex("SHA-256", bytes.toByteArray(), BYTES);
    }

    private static void value(DataOutputStream out, @Nullable Object value, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw AiRequest.refused(
                    "Options are nested more than " + DEEPEST + " levels deep. Flatten them.", Map.of("depth", depth));
        }
        if (value == null) {
            out.writeByte('n');
        } else if (value instanceof String text) {
            text(out, text);
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? 't' : 'f');
        } else if (value instanceof Number number) {
            out.writeByte('d');
            text(out, plain(number));
        } else if (value instanceof List<?> list) {
            out.writeByte('l');
            out.writeInt(list.size());
            for (Object item : list) {
                value(out, item, depth + 1);
            }
        } else if (value instanceof Map<?, ?> map) {
            map(out, map, depth);
        } else {
            throw AiRequest.refused(
                    "An option is a " + value.getClass().getName()
                            + ", which is none of text, number, boolean, list and map. Turn it into one of them.",
                    Map.of("type", value.getClass().getName()));
        }
    }

    private static void map(DataOutputStream out, Map<?, ?> map, int depth) throws IOException {
        TreeMap<String, Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw AiRequest.refused(
                        "An option has a name that is no text. Name options by text.", Map.of("depth", depth));
            }
            sorted.put(name, entry.getValue());
        }
        out.writeByte('m');
        out.writeInt(sorted.size());
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            text(out, entry.getKey());
            value(out, entry.getValue(), depth + 1);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('s');
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /** A number by its value: 1, 1.0 and 1e0 are one. */
    private static String plain(Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return Double.toString(value);
            }
        }
        BigDecimal exact =
                number instanceof BigInteger whole ? new BigDecimal(whole) : new BigDecimal(number.toString());
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toString();
    }
}
