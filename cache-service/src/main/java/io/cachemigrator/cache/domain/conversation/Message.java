package io.cachemigrator.cache.domain.conversation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.LocalDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation. Immutable.
 *
 * @param id message's id; null when it has none
 * @param role who said it
 * @param content at most 4,000 characters, an assistant's at most 10,000
 * @param timestamp when, local time without zone; null when unknown
 */
public record Message(
        @Nullable String id,
        Role role,
        String content,

        @JsonSerialize(using = LegacyTime.Serializer.class)
        @JsonDeserialize(using = LegacyTime.Deserializer.class)
        @Nullable
        LocalDateTime timestamp) {

    private static final int MAX_CHARACTERS = 4_000;
    private static final int MAX_ASSISTANT_CHARACTERS = 10_000;

    /** Who said a message. */
    public enum Role {
        /** The customer. */
        @JsonProperty("user")
        USER,
        /** The agent. */
        @JsonProperty("assistant")
        ASSISTANT,
        /** The system that drives the agent. */
        @JsonProperty("system")
        SYSTEM
    }

    /** Checks the limits. */
    public Message {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
        int max = role == Role.ASSISTANT ? MAX_ASSISTANT_CHARACTERS : MAX_CHARACTERS;
        int length = content.codePointCount(0, content.length());
        if (length > max) {
            throw new IllegalArgumentException("A message of role " + role + " has at most " + max
                    + " characters, and this one has " + length + ". Shorten it.");
        }
    }
}
