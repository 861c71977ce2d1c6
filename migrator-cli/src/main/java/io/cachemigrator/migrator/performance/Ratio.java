package io.cachemigrator.migrator.performance;

import java.util.List;

/**
 * How fast one path is beside another, from rounds that took turns: the geometric mean of the rounds' ratios, with the
 * interval that holds it with 95 % confidence. The interval is Student's on the logarithms.
 *
 * @param mean above 1 = faster than the other
 * @param low lower end of the interval
 * @param high upper end
 * @param rounds how many rounds
 */
public record Ratio(double mean, double low, double high, int rounds) {

    /**
     * Of rounds.
     *
     * @param ratios positive, two or more
     */
    static Ratio of(List<Double> ratios) {
        int n = ratios.size();
        double mean = ratios.stream().mapToDouble(Math::log).average().orElseThrow();
        double squares = ratios.stream()
                .mapToDouble(ratio -> Math.pow(Math.log(ratio) - mean, 2))
                .sum();
        double error = Math.sqrt(squares / (n - 1) / n) * quantile(n - 1);
        return new Ratio(Math.exp(mean), Math.exp(mean - error), Math.exp(mean + error), n);
    }

    /** Student's 97.5 % quantile by the first terms of its expansion about the normal one; within 1 % from 5 degrees on. */
    private static double quantile(int degrees) {
        double z = 1.959964;
        double cubed = (z * z * z + z) / 4;
        double fifth = (5 * Math.pow(z, 5) + 16 * z * z * z + 3 * z) / 96;
        return z + cubed / degrees + fifth / ((double) degrees * degrees);
    }

    /** How far the interval reaches from the mean, as a share of it. */
    double spread() {
        return (high - low) / 2 / mean;
    }
}
