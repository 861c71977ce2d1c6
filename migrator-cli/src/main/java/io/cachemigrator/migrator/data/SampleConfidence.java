package io.cachemigrator.migrator.data;

/**
 * What a sample shows of all, as the exact one-sided limit of Clopper and Pearson ("The use of confidence or fiducial limits
 * illustrated in the case of the binomial", Biometrika 26, 1934). Where nothing was found it is {@code 1 - error^(1/n)}, of
 * which 3/n is the rule of thumb. Drawing without putting back, as is done here, makes it safe by a little more.
 */
final class SampleConfidence {
    private static final int STEPS = 60;

    private SampleConfidence() {}

    /**
     * The share of all that is sound at least, with a probability of {@code 1 - error}.
     *
     * @param sample how many were drawn; 0 shows nothing
     * @param found how many of them are not sound
     * @param all how many there are; as many as drawn = nothing is left to chance, and the answer is 1
     * @param error probability that fewer are sound, between 0 and 1
     */
    static double soundShare(long sample, long found, long all, double error) {
        if (sample >= all) {
            return 1;
        }
        if (found >= sample) {
            return 0;
        }
        double low = found / (double) sample;
        double high = 1;
        for (int step = 0; step < STEPS; step++) {
            double share = (low + high) / 2;
            if (atMost(found, sample, share) > error) {
                low = share;
            } else {
                high = share;
            }
        }
        return 1 - high;
    }

    /** Probability to draw at most {@code found} of {@code sample} when a share of all is like them. */
    private static double atMost(long found, long sample, double share) {
        double logTerm = sample * Math.log1p(-share);
        double sum = Math.exp(logTerm);
        for (long k = 1; k <= found; k++) {
            logTerm += Math.log(sample - k + 1.0) - Math.log((double) k) + Math.log(share) - Math.log1p(-share);
            sum += Math.exp(logTerm);
        }
        return sum;
    }
}
