package io.cachemigrator.cache.domain.ai;

/** How the id of an answer is made of a request. */
public sealed interface AiKeys permits DigestKeys, StructuredKeys {

    /**
     * Ids of an operation and a digest of all else: 192 bits of SHA-256 over the parts with their lengths and types, so that
     * no two requests share one and none shows a text. Options count in any order.
     */
    static AiKeys digests() {
        return DigestKeys.INSTANCE;
    }

    /**
     * Ids as the AI caches made them that the consolidated service replaces, for entries that a migration brought. They show
     * texts up to the threshold, and different requests can share one: use {@link #digests()} for all else.
     *
     * @param textHashThreshold 1 to 100,000 code points: longer texts are hashed
     * @param questionInOptions whether the writers took the question for one of the options too
     */
    static AiKeys structured(int textHashThreshold, boolean questionInOptions) {
        if (textHashThreshold < 1) {
            throw StructuredKeys.outOfRange(textHashThreshold);
        }
        return new StructuredKeys(textHashThreshold, questionInOptions, "SHA-256");
    }

    /**
     * As {@link #structured(int, boolean)}, of writers that hashed texts with another algorithm or all of them.
     *
     * @param textHashThreshold 0 to 100,000 code points; 0 = every text but the empty one is hashed
     * @param algorithm {@code SHA-256} or {@code MD5}: what hashes texts; options and questions are hashed with MD5 always
     */
    static AiKeys structured(int textHashThreshold, boolean questionInOptions, String algorithm) {
        return new StructuredKeys(textHashThreshold, questionInOptions, algorithm);
    }

    /** The id of the answer to a request. */
    String idOf(AiRequest request);
}
