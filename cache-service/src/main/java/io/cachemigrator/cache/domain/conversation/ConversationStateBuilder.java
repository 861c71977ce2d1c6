package io.cachemigrator.cache.domain.conversation;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link ConversationState}. Not thread safe. */
public final class ConversationStateBuilder {
    private @Nullable String id;
    private @Nullable String conversationId;
    private @Nullable String customerId;
    private @Nullable ProgramType programType;
    private ConversationPhase phase = ConversationPhase.GREETING;
    private List<Message> messages = List.of();
    private Map<String, Object> customerData = Map.of();
    private Map<String, Object> sessionInsights = Map.of();
    private List<Object> objectionsRaised = List.of();
    private @Nullable String sessionId;
    private @Nullable LocalDateTime sessionStartTime;
    private @Nullable Integer maxDurationSeconds;
    private @Nullable Integer intentDetectionTimeout;
    private @Nullable String transferRequestId;
    private @Nullable String transferStatus;
    private @Nullable String transferAgentId;
    private @Nullable LocalDateTime transferRequestedAt;
    private boolean nextStepsAgreed;
    private int callDurationSeconds;
    private boolean mlTrackingEnabled = true;
    private List<Object> experimentAssignments = List.of();
    private @Nullable String tierDetected;
    private double tierConfidence;
    private List<Object> emotionalJourney = List.of();
    private double leadScore;
    private @Nullable Object intent;
    private boolean humanTransferNeeded;
    private Map<String, Object> context = Map.of();
    private @Nullable LocalDateTime createdAt;
    private @Nullable LocalDateTime updatedAt;

    ConversationStateBuilder(String id) {
        this.id = id;
        this.conversationId = id;
    }

    ConversationStateBuilder(ConversationState state) {
        this.id = state.id();
        this.conversationId = state.conversationId();
        this.customerId = state.customerId();
        this.programType = state.programType();
        this.phase = state.phase();
        this.messages = state.messages();
        this.customerData = state.customerData();
        this.sessionInsights = state.sessionInsights();
        this.objectionsRaised = state.objectionsRaised();
        this.sessionId = state.sessionId();
        this.sessionStartTime = state.sessionStartTime();
        this.maxDurationSeconds = state.maxDurationSeconds();
        this.intentDetectionTimeout = state.intentDetectionTimeout();
        this.transferRequestId = state.transferRequestId();
        this.transferStatus = state.transferStatus();
        this.transferAgentId = state.transferAgentId();
        this.transferRequestedAt = state.transferRequestedAt();
        this.nextStepsAgreed = state.nextStepsAgreed();
        this.callDurationSeconds = state.callDurationSeconds();
        this.mlTrackingEnabled = state.mlTrackingEnabled();
        this.experimentAssignments = state.experimentAssignments();
        this.tierDetected = state.tierDetected();
        this.tierConfidence = state.tierConfidence();
        this.emotionalJourney = state.emotionalJourney();
        this.leadScore = state.leadScore();
        this.intent = state.intent();
        this.humanTransferNeeded = state.humanTransferNeeded();
        this.context = state.context();
        this.createdAt = state.createdAt();
        this.updatedAt = state.updatedAt();
    }

    /** Customer's id. */
    public ConversationStateBuilder customerId(@Nullable String value) {
        this.customerId = value;
        return this;
    }

    /** Programme talked about. */
    public ConversationStateBuilder programType(@Nullable ProgramType value) {
        this.programType = value;
        return this;
    }

    /** How far it has come. */
    public ConversationStateBuilder phase(ConversationPhase value) {
        this.phase = value;
        return this;
    }

    /** Messages, oldest first. */
    public ConversationStateBuilder messages(List<Message> value) {
        this.messages = value;
        return this;
    }

    /** Appends a message. */
    public ConversationStateBuilder addMessage(Message message) {
        List<Message> all = new ArrayList<>(messages);
        all.add(message);
        this.messages = all;
        return this;
    }

    /** Facts about the customer by name. */
    public ConversationStateBuilder customerData(Map<String, Object> value) {
        this.customerData = value;
        return this;
    }

    /** Insights of this session by name. */
    public ConversationStateBuilder sessionInsights(Map<String, Object> value) {
        this.sessionInsights = value;
        return this;
    }

    /** Objections, texts or maps. */
    public ConversationStateBuilder objectionsRaised(List<Object> value) {
        this.objectionsRaised = value;
        return this;
    }

    /** Id of the session. */
    public ConversationStateBuilder sessionId(@Nullable String value) {
        this.sessionId = value;
        return this;
    }

    /** When the session began, local time without zone. */
    public ConversationStateBuilder sessionStartTime(@Nullable LocalDateTime value) {
        this.sessionStartTime = value;
        return this;
    }

    /** Limit of the session's length. */
    public ConversationStateBuilder maxDurationSeconds(@Nullable Integer value) {
        this.maxDurationSeconds = value;
        return this;
    }

    /** Seconds after which an intent is assumed. */
    public ConversationStateBuilder intentDetectionTimeout(@Nullable Integer value) {
        this.intentDetectionTimeout = value;
        return this;
    }

    /** Id of a request to hand over to a person. */
    public ConversationStateBuilder transferRequestId(@Nullable String value) {
        this.transferRequestId = value;
        return this;
    }

    /** State of that request. */
    public ConversationStateBuilder transferStatus(@Nullable String value) {
        this.transferStatus = value;
        return this;
    }

    /** Person who takes over. */
    public ConversationStateBuilder transferAgentId(@Nullable String value) {
        this.transferAgentId = value;
        return this;
    }

    /** When it was requested, local time without zone. */
    public ConversationStateBuilder transferRequestedAt(@Nullable LocalDateTime value) {
        this.transferRequestedAt = value;
        return this;
    }

    /** Whether next steps were agreed. */
    public ConversationStateBuilder nextStepsAgreed(boolean value) {
        this.nextStepsAgreed = value;
        return this;
    }

    /** Length of the call so far. */
    public ConversationStateBuilder callDurationSeconds(int value) {
        this.callDurationSeconds = value;
        return this;
    }

    /** Whether the conversation is used for learning. */
    public ConversationStateBuilder mlTrackingEnabled(boolean value) {
        this.mlTrackingEnabled = value;
        return this;
    }

    /** Experiments it takes part in. */
    public ConversationStateBuilder experimentAssignments(List<Object> value) {
        this.experimentAssignments = value;
        return this;
    }

    /** Tier detected. */
    public ConversationStateBuilder tierDetected(@Nullable String value) {
        this.tierDetected = value;
        return this;
    }

    /** Confidence of that, 0 to 1. */
    public ConversationStateBuilder tierConfidence(double value) {
        this.tierConfidence = value;
        return this;
    }

    /** Emotional states, oldest first. */
    public ConversationStateBuilder emotionalJourney(List<Object> value) {
        this.emotionalJourney = value;
        return this;
    }

    /** Score of the lead, 0 to 1. */
    public ConversationStateBuilder leadScore(double value) {
        this.leadScore = value;
        return this;
    }

    /** Intent detected: text or a map. */
    public ConversationStateBuilder intent(@Nullable Object value) {
        this.intent = value;
        return this;
    }

    /** Whether a person must take over. */
    public ConversationStateBuilder humanTransferNeeded(boolean value) {
        this.humanTransferNeeded = value;
        return this;
    }

    /** Anything else by name. */
    public ConversationStateBuilder context(Map<String, Object> value) {
        this.context = value;
        return this;
    }

    /** When it was made, local time without zone. */
    public ConversationStateBuilder createdAt(@Nullable LocalDateTime value) {
        this.createdAt = value;
        return this;
    }

    /** When it was last changed, local time without zone. */
    public ConversationStateBuilder updatedAt(@Nullable LocalDateTime value) {
        this.updatedAt = value;
        return this;
    }

    /** The state. */
    public ConversationState build() {
        return new ConversationState(
                id,
                conversationId,
                customerId,
                programType,
                phase,
                messages,
                customerData,
                sessionInsights,
                objectionsRaised,
                sessionId,
                sessionStartTime,
                maxDurationSeconds,
                intentDetectionTimeout,
                transferRequestId,
                transferStatus,
                transferAgentId,
                transferRequestedAt,
                nextStepsAgreed,
                callDurationSeconds,
                mlTrackingEnabled,
                experimentAssignments,
                tierDetected,
                tierConfidence,
                emotionalJourney,
                leadScore,
                intent,
                humanTransferNeeded,
                context,
                createdAt,
                updatedAt);
    }
}
