package io.cachemigrator.cache.domain.conversation;

/** The programme that a conversation is about. */
public enum ProgramType {
    /** For people who want performance. */
    PRIME,
    /** For people who want lasting health. */
    LONGEVITY
}
