package io.cachemigrator.cache.domain.conversation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a conversation has come. */
public enum ConversationPhase {
    /** Saying hello. */
    @JsonProperty("greeting")
    GREETING,
    /** Finding out what the customer needs. */
    @JsonProperty("exploration")
    EXPLORATION,
    /** Presenting an offer. */
    @JsonProperty("presentation")
    PRESENTATION,
    /** Answering objections. */
    @JsonProperty("objection_handling")
    OBJECTION_HANDLING,
    /** Closing the sale. */
    @JsonProperty("closing")
    CLOSING,
    /** Keeping in touch. */
    @JsonProperty("follow_up")
    FOLLOW_UP,
    /** Over. */
    @JsonProperty("completed")
    COMPLETED
}
