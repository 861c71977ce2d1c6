package io.cachemigrator.cache.domain.conversation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a conversation: the thirty fields that the legacy services keep. Immutable; missing collections become
 * empty. Made with {@link #builder}.
 *
 * @param id conversation's id; mirrors {@code conversationId} when absent
 * @param conversationId conversation's id; mirrors {@code id} when absent
 * @param customerId customer's id; may be null
 * @param programType programme talked about; may be null
 * @param phase how far it has come; {@link ConversationPhase#GREETING} when absent
 * @param messages messages, oldest first
 * @param customerData facts about the customer by name
 * @param sessionInsights insights of this session by name
 * @param objectionsRaised objections, texts or maps
 * @param sessionId id of the session; may be null
 * @param sessionStartTime when the session began, local time without zone; may be null
 * @param maxDurationSeconds limit of the session's length; may be null
 * @param intentDetectionTimeout seconds after which an intent is assumed; may be null
 * @param transferRequestId id of a request to hand over to a person; may be null
 * @param transferStatus state of that request; may be null
 * @param transferAgentId person who takes over; may be null
 * @param transferRequestedAt when it was requested, local time without zone; may be null
 * @param nextStepsAgreed whether next steps were agreed
 * @param callDurationSeconds length of the call so far
 * @param mlTrackingEnabled whether the conversation is used for learning
 * @param experimentAssignments experiments it takes part in
 * @param tierDetected tier detected; may be null
 * @param tierConfidence confidence of that, 0 to 1
 * @param emotionalJourney emotional states, oldest first
 * @param leadScore score of the lead, 0 to 1
 * @param intent intent detected: text or a map; may be null
 * @param humanTransferNeeded whether a person must take over
 * @param context anything else by name
 * @param createdAt when it was made, local time without zone; may be null
 * @param updatedAt when it was last changed, local time without zone; may be null
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ConversationState(
        @Nullable String id,
        @Nullable String conversationId,
        @Nullable String customerId,
        @Nullable ProgramType programType,
        ConversationPhase phase,
        List<Message> messages,
        Map<String, Object> customerData,
        Map<String, Object> sessionInsights,
        List<Object> objectionsRaised,
        @Nullable String sessionId,

        @JsonSerialize(using = LegacyTime.Serializer.class)
        @JsonDeserialize(using = LegacyTime.Deserializer.class)
        @Nullable
        LocalDateTime sessionStartTime,

        @Nullable Integer maxDurationSeconds,
        @Nullable Integer intentDetectionTimeout,
        @Nullable String transferRequestId,
        @Nullable String transferStatus,
        @Nullable String transferAgentId,

        @JsonSerialize(using = LegacyTime.Serializer.class)
        @JsonDeserialize(using = LegacyTime.Deserializer.class)
        @Nullable
        LocalDateTime transferRequestedAt,

        boolean nextStepsAgreed,
        int callDurationSeconds,
        boolean mlTrackingEnabled,
        List<Object> experimentAssignments,
        @Nullable String tierDetected,
        double tierConfidence,
        List<Object> emotionalJourney,
        double leadScore,
        @Nullable Object intent,
        boolean humanTransferNeeded,
        Map<String, Object> context,

        @JsonSerialize(using = LegacyTime.Serializer.class)
        @JsonDeserialize(using = LegacyTime.Deserializer.class)
        @Nullable
        LocalDateTime createdAt,

        @JsonSerialize(using = LegacyTime.Serializer.class)
        @JsonDeserialize(using = LegacyTime.Deserializer.class)
        @Nullable
        LocalDateTime updatedAt) {

    /** Mirrors the two ids and copies. */
    public ConversationState {
        id = id == null ? conversationId : id;
        conversationId = conversationId == null ? id : conversationId;
        phase = phase == null ? ConversationPhase.GREETING : phase;
        messages = Collected.list(messages);
        customerData = Collected.map(customerData);
        sessionInsights = Collected.map(sessionInsights);
        objectionsRaised = Collected.list(objectionsRaised);
        experimentAssignments = Collected.list(experimentAssignments);
        emotionalJourney = Collected.list(emotionalJourney);
        context = Collected.map(context);
    }

    /** Starts a conversation that has just been made: greeting, tracking on, nothing known. */
    public static ConversationStateBuilder builder(String id) {
        return new ConversationStateBuilder(id);
    }

    /** A builder that starts from this state. */
    public ConversationStateBuilder toBuilder() {
        return new ConversationStateBuilder(this);
    }
}
