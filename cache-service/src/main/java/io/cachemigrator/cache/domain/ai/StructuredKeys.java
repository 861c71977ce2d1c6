package io.cachemigrator.cache.domain.ai;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachemigrator.cache.error.ValidationException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Ids in the parts that older AI caches wrote: operation, text or its hash, hash of options, hash of the question. */
final class StructuredKeys implements AiKeys {
    static final Comparator<String> BY_CODE_POINT = (left, right) -> {
        int[] first = left.codePoints().toArray();
        int[] second = right.codePoints().toArray();
        return Arrays.compare(first, second);
    };

    private final int threshold;
    private final boolean questionInOptions;
    private final String algorithm;

    StructuredKeys(int threshold, boolean questionInOptions, String algorithm) {
        if (threshold < 0 || threshold > 100_000) {
            throw outOfRange(threshold);
        }
        if (!algorithm.equals("SHA-256") && !algorithm.equals("MD5")) {
            throw AiRequest.refused(
                    "Texts are hashed with '" + algorithm + "'; allowed: SHA-256, MD5. Name one of them.",
                    Map.of("algorithm", algorithm));
        }
        this.threshold = threshold;
        this.questionInOptions = questionInOptions;
        this.algorithm = algorithm;
    }

    static ValidationException outOfRange(int threshold) {
        return AiRequest.refused(
                "The threshold of hashing is " + threshold + "; allowed: 1 to 100,000. Correct the value.",
                Map.of("textHashThreshold", threshold));
    }

    @Override
    public String idOf(AiRequest request) {
        StringBuilder id = new StringBuilder("op:").append(request.operation());
        id.append("|txt:").append(text(request));
        Map<String, Object> options = new LinkedHashMap<>(request.options());
        if (questionInOptions && request.question() != null) {
            options.put("question", request.question());
        }
        if (!options.isEmpty()) {
            id.append("|opts:").append(Digests.hex("MD5", text(options).getBytes(UTF_8), 4));
        }
        if (request.question() != null) {
            id.append("|q:").append(Digests.hex("MD5", request.question().getBytes(UTF_8), 4));
        }
        return id.toString();
    }

    private String text(AiRequest request) {
        String text = request.text();
        if (request.length() <= threshold) {
            return text.replace('|', '_').replace(':', '_');
        }
        String digested = text + "len:" + request.length() + "words:" + words(text);
        return "hash:" + Digests.hex(algorithm, digested.getBytes(UTF_8), 8);
    }

    private static String text(Map<String, Object> options) {
        TreeMap<String, Object> sorted = new TreeMap<>(BY_CODE_POINT);
        sorted.putAll(options);
        return sorted.entrySet().stream()
                .map(option -> option.getKey() + "=" + PythonText.of(option.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Runs of what is not white space, as Python has it. */
    private static long words(String text) {
        long words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = isSpace(text.charAt(i));
            if (!space && !inside) {
                words++;
            }
            inside = !space;
        }
        return words;
    }

    private static boolean isSpace(char each) {
        return isBetween(each, 0x09, 0x0D)
                || isBetween(each, 0x1C, 0x20)
                || isBetween(each, 0x2000, 0x200A)
                || "\u0085\u00A0\u1680\u2028\u2029\u202F\u205F\u3000".indexOf(each) >= 0;
    }

    private static boolean isBetween(char each, int first, int last) {
        return each >= first && each <= last;
    }
}
