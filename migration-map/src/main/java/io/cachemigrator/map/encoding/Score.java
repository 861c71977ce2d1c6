package io.cachemigrator.map.encoding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;

/** Scores of sorted sets as JSON: the same text for the same score on every Java, and exact. Stateless. */
final class Score {
    private static final double LARGEST_WHOLE = 1L << 53;
    private static final int SHORT_DIGITS = 15;
    private static final int MOST_DIGITS = 17;

    private Score() {}

    /**
     * A score as a number with the fewest digits that say it exactly, from 15 on; {@code "inf"} and {@code "-inf"}, which JSON
     * has no numbers for, as texts with their quotes.
     *
     * @throws IllegalArgumentException for NaN, which no sorted set holds
     */
    static String json(double score) {
        if (score == Math.rint(score) && Math.abs(score) < LARGEST_WHOLE) {
            boolean minusZero = score == 0 && 1 / score < 0;
            return minusZero ? "-0.0" : Long.toString((long) score);
        }
        if (Double.isInfinite(score)) {
            return score > 0 ? "\"inf\"" : "\"-inf\"";
        }
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("NaN is no score.");
        }
        // what Java prints differs between releases where it is longer than this
        BigDecimal printed = new BigDecimal(Double.toString(score)).stripTrailingZeros();
        if (printed.precision() <= SHORT_DIGITS && Math.abs(score) >= Double.MIN_NORMAL) {
            return printed.toString();
        }
        BigDecimal exact = new BigDecimal(score);
        for (int digits = SHORT_DIGITS; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == score) {
                return rounded.stripTrailingZeros().toString();
            }
        }
        return exact.round(new MathContext(MOST_DIGITS)).stripTrailingZeros().toString();
    }

    /** The same from what a server writes, such as {@code 0.72}, {@code 1e+20} or {@code -inf}. */
    static byte[] json(byte[] text) {
        return isShort(text)
                ? text
                : json(parse(new String(text, StandardCharsets.US_ASCII))).getBytes(StandardCharsets.US_ASCII);
    }

    private static double parse(String text) {
        return switch (text) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Whether a text is the one for its number already: so few plain digits, and neither the first nor the last a zero. */
    private static boolean isShort(byte[] text) {
        int first = text.length > 0 && text[0] == '-' ? 1 : 0;
        int digits = 0;
        boolean point = false;
        for (int i = first; i < text.length; i++) {
            if (text[i] >= '0' && text[i] <= '9') {
                digits++;
            } else if (text[i] == '.' && !point && i > first) {
                point = true;
            } else {
                return false;
            }
        }
        return digits > 0
                && digits <= SHORT_DIGITS
                && text[first] != '0'
                && text[text.length - 1] != '.'
                && (!point || text[text.length - 1] != '0');
    }
}
