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
        return new StructuredKeys(textHashThreshold, questionInOptions);
    }

    /** The id of the answer to a request. */
    String idOf(AiRequest request);
}
