package io.cachemigrator.compat.services;

import com.google.errorprone.annotations.InlineMe;
import com.google.errorprone.annotations.InlineMeValidationDisabled;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.domain.conversation.ConversationCache;
import io.cachemigrator.cache.domain.conversation.ConversationState;
import io.cachemigrator.cache.domain.conversation.CustomerData;
import io.cachemigrator.cache.domain.conversation.WarmReport;
import io.cachemigrator.compat.deprecation.LegacyUsage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The legacy cache of conversations, customers, predictions and the like, over a {@link RedisCacheService}. Thread safe.
 *
 * @deprecated use {@link ConversationCache}; the recipe {@code io.cachemigrator.recipes.services.MigrateNgxCacheManager}
 *     rewrites callers
 */
@Deprecated(since = "1.0.0", forRemoval = true)
public class NgxCacheManager {
    private final LegacyRuntime runtime;
    private final ConversationCache cache;

    /**
     * Over a service, which stays open as long as its owner wants.
     *
     * @throws IllegalStateException if the service is closed
     * @deprecated use {@link ConversationCache#ConversationCache(io.cachemigrator.cache.domain.keyed.KeyedCache)}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public NgxCacheManager(RedisCacheService redis) {
        this.runtime = redis.runtime().requireOpen();
        this.cache = new ConversationCache(runtime.cache());
        record("new", "new");
    }

    /**
     * Over the process's service, {@link LegacyCaches#redis()}.
     *
     * @deprecated use {@link ConversationCache#ConversationCache(io.cachemigrator.cache.domain.keyed.KeyedCache)} over
     *     {@link io.cachemigrator.cache.domain.keyed.SharedCache#get()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public NgxCacheManager() {
        this(LegacyCaches.shared());
    }

    /**
     * The cache that this manager delegates to: lets callers be rewritten one by one.
     *
     * @deprecated make a {@link ConversationCache} instead of this manager
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public ConversationCache conversations() {
        return cache;
    }

    /** What a service on top of this manager works with. */
    LegacyRuntime runtime() {
        return runtime;
    }

    /**
     * The value under any key; null when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#get(String, Class)}
     */
    @InlineMe(replacement = "this.conversations().get(key, type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public <T> @Nullable T get(String key, Class<T> type) {
        record("get", "get");
        return cache.get(key, type);
    }

    /**
     * Stores a value under any key with the default time to live; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#set(String, Object)}
     */
    @InlineMe(replacement = "this.conversations().set(key, value)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean set(String key, @Nullable Object value) {
        record("set", "set");
        return cache.set(key, value);
    }

    /**
     * Stores a value under any key; a time to live of zero means the default.
     *
     * @deprecated use {@link ConversationCache#set(String, Object, Duration)}
     */
    @InlineMe(replacement = "this.conversations().set(key, value, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean set(String key, @Nullable Object value, Duration ttl) {
        record("set", "set");
        return cache.set(key, value, ttl);
    }

    /**
     * Removes an entry under any key; true if there was one.
     *
     * @deprecated use {@link ConversationCache#delete(String)}
     */
    @InlineMe(replacement = "this.conversations().delete(key)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean delete(String key) {
        record("delete", "delete");
        return cache.delete(key);
    }

    /**
     * Removes every entry of the service's namespace, of all kinds and of none.
     *
     * @deprecated use {@link ConversationCache#clear()}
     */
    @InlineMe(replacement = "this.conversations().clear()")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public ClearOutcome clearNamespace() {
        record("clearNamespace", "clear");
        return cache.clear();
    }

    /**
     * A conversation's state; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getConversation(String)}
     */
    @InlineMe(replacement = "this.conversations().getConversation(id)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<ConversationState> getConversation(String id) {
        record("getConversation", "getConversation");
        return cache.getConversation(id);
    }

    /**
     * Stores a conversation's state for two hours; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setConversation(String, ConversationState)}
     */
    @InlineMe(replacement = "this.conversations().setConversation(id, state)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setConversation(String id, ConversationState state) {
        record("setConversation", "setConversation");
        return cache.setConversation(id, state);
    }

    /**
     * Stores a conversation's state; a time to live of zero means two hours.
     *
     * @deprecated use {@link ConversationCache#setConversation(String, ConversationState, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setConversation(id, state, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setConversation(String id, ConversationState state, Duration ttl) {
        record("setConversation", "setConversation");
        return cache.setConversation(id, state, ttl);
    }

    /**
     * Removes a conversation's state; true if there was one.
     *
     * @deprecated use {@link ConversationCache#deleteConversation(String)}
     */
    @InlineMe(replacement = "this.conversations().deleteConversation(id)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean deleteConversation(String id) {
        record("deleteConversation", "deleteConversation");
        return cache.deleteConversation(id);
    }

    /**
     * The states found, by id, in one round trip; what cannot be read is left out.
     *
     * @deprecated use {@link ConversationCache#getConversationsBatch(Collection)}
     */
    @InlineMe(replacement = "this.conversations().getConversationsBatch(ids)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Map<String, ConversationState> getConversationsBatch(Collection<String> ids) {
        record("getConversationsBatch", "getConversationsBatch");
        return cache.getConversationsBatch(ids);
    }

    /**
     * As {@link #getConversationsBatch}, on another thread.
     *
     * @deprecated use {@link ConversationCache#getConversationsBatchAsync(Collection)}
     */
    @InlineMe(replacement = "this.conversations().getConversationsBatchAsync(ids)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public CompletableFuture<Map<String, ConversationState>> getConversationsBatchAsync(Collection<String> ids) {
        record("getConversationsBatchAsync", "getConversationsBatchAsync");
        return cache.getConversationsBatchAsync(ids);
    }

    /**
     * What is known of a customer; empty when there is nothing or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getCustomer(String)}
     */
    @InlineMe(replacement = "this.conversations().getCustomer(id)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<CustomerData> getCustomer(String id) {
        record("getCustomer", "getCustomer");
        return cache.getCustomer(id);
    }

    /**
     * Stores what is known of a customer for three hours; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setCustomer(String, CustomerData)}
     */
    @InlineMe(replacement = "this.conversations().setCustomer(id, customer)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setCustomer(String id, CustomerData customer) {
        record("setCustomer", "setCustomer");
        return cache.setCustomer(id, customer);
    }

    /**
     * Stores what is known of a customer; a time to live of zero means three hours.
     *
     * @deprecated use {@link ConversationCache#setCustomer(String, CustomerData, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setCustomer(id, customer, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setCustomer(String id, CustomerData customer, Duration ttl) {
        record("setCustomer", "setCustomer");
        return cache.setCustomer(id, customer, ttl);
    }

    /**
     * A model's prediction; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getPrediction(String, String)}
     */
    @InlineMe(replacement = "this.conversations().getPrediction(modelType, inputHash)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<Map<String, Object>> getPrediction(String modelType, String inputHash) {
        record("getPrediction", "getPrediction");
        return cache.getPrediction(modelType, inputHash);
    }

    /**
     * Stores a model's prediction for one hour; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setPrediction(String, String, Map)}
     */
    @InlineMe(replacement = "this.conversations().setPrediction(modelType, inputHash, prediction)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setPrediction(String modelType, String inputHash, Map<String, ?> prediction) {
        record("setPrediction", "setPrediction");
        return cache.setPrediction(modelType, inputHash, prediction);
    }

    /**
     * Stores a model's prediction; a time to live of zero means one hour.
     *
     * @deprecated use {@link ConversationCache#setPrediction(String, String, Map, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setPrediction(modelType, inputHash, prediction, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setPrediction(String modelType, String inputHash, Map<String, ?> prediction, Duration ttl) {
        record("setPrediction", "setPrediction");
        return cache.setPrediction(modelType, inputHash, prediction, ttl);
    }

    /**
     * A detected tier; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getTierDetection(String, String)}
     */
    @InlineMe(replacement = "this.conversations().getTierDetection(customerId, contextHash)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<Map<String, Object>> getTierDetection(String customerId, String contextHash) {
        record("getTierDetection", "getTierDetection");
        return cache.getTierDetection(customerId, contextHash);
    }

    /**
     * Stores a detected tier for two hours; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setTierDetection(String, String, Map)}
     */
    @InlineMe(replacement = "this.conversations().setTierDetection(customerId, contextHash, detection)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setTierDetection(String customerId, String contextHash, Map<String, ?> detection) {
        record("setTierDetection", "setTierDetection");
        return cache.setTierDetection(customerId, contextHash, detection);
    }

    /**
     * Stores a detected tier; a time to live of zero means two hours.
     *
     * @deprecated use {@link ConversationCache#setTierDetection(String, String, Map, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setTierDetection(customerId, contextHash, detection, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setTierDetection(String customerId, String contextHash, Map<String, ?> detection, Duration ttl) {
        record("setTierDetection", "setTierDetection");
        return cache.setTierDetection(customerId, contextHash, detection, ttl);
    }

    /**
     * Recommended programmes; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getProgramRecommendations(String)}
     */
    @InlineMe(replacement = "this.conversations().getProgramRecommendations(profileHash)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<List<Map<String, Object>>> getProgramRecommendations(String profileHash) {
        record("getProgramRecommendations", "getProgramRecommendations");
        return cache.getProgramRecommendations(profileHash);
    }

    /**
     * Stores recommended programmes for four hours; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setProgramRecommendations(String, List)}
     */
    @InlineMe(replacement = "this.conversations().setProgramRecommendations(profileHash, recommendations)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setProgramRecommendations(String profileHash, List<? extends Map<String, ?>> recommendations) {
        record("setProgramRecommendations", "setProgramRecommendations");
        return cache.setProgramRecommendations(profileHash, recommendations);
    }

    /**
     * Stores recommended programmes; a time to live of zero means four hours.
     *
     * @deprecated use {@link ConversationCache#setProgramRecommendations(String, List, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setProgramRecommendations(profileHash, recommendations, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setProgramRecommendations(
            String profileHash, List<? extends Map<String, ?>> recommendations, Duration ttl) {
        record("setProgramRecommendations", "setProgramRecommendations");
        return cache.setProgramRecommendations(profileHash, recommendations, ttl);
    }

    /**
     * A calculated return on investment; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getRoiCalculation(String, String)}
     */
    @InlineMe(replacement = "this.conversations().getRoiCalculation(profession, metricsHash)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<Map<String, Object>> getRoiCalculation(String profession, String metricsHash) {
        record("getRoiCalculation", "getRoiCalculation");
        return cache.getRoiCalculation(profession, metricsHash);
    }

    /**
     * Stores a calculated return on investment for two hours; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setRoiCalculation(String, String, Map)}
     */
    @InlineMe(replacement = "this.conversations().setRoiCalculation(profession, metricsHash, calculation)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setRoiCalculation(String profession, String metricsHash, Map<String, ?> calculation) {
        record("setRoiCalculation", "setRoiCalculation");
        return cache.setRoiCalculation(profession, metricsHash, calculation);
    }

    /**
     * Stores a calculated return on investment; a time to live of zero means two hours.
     *
     * @deprecated use {@link ConversationCache#setRoiCalculation(String, String, Map, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setRoiCalculation(profession, metricsHash, calculation, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setRoiCalculation(String profession, String metricsHash, Map<String, ?> calculation, Duration ttl) {
        record("setRoiCalculation", "setRoiCalculation");
        return cache.setRoiCalculation(profession, metricsHash, calculation, ttl);
    }

    /**
     * An agent's configuration; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getAgentConfig(String)}
     */
    @InlineMe(replacement = "this.conversations().getAgentConfig(configType)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<Map<String, Object>> getAgentConfig(String configType) {
        record("getAgentConfig", "getAgentConfig");
        return cache.getAgentConfig(configType);
    }

    /**
     * Stores an agent's configuration for six hours; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setAgentConfig(String, Map)}
     */
    @InlineMe(replacement = "this.conversations().setAgentConfig(configType, config)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setAgentConfig(String configType, Map<String, ?> config) {
        record("setAgentConfig", "setAgentConfig");
        return cache.setAgentConfig(configType, config);
    }

    /**
     * Stores an agent's configuration; a time to live of zero means six hours.
     *
     * @deprecated use {@link ConversationCache#setAgentConfig(String, Map, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setAgentConfig(configType, config, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setAgentConfig(String configType, Map<String, ?> config, Duration ttl) {
        record("setAgentConfig", "setAgentConfig");
        return cache.setAgentConfig(configType, config, ttl);
    }

    /**
     * A piece of knowledge; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getKnowledge(String)}
     */
    @InlineMe(replacement = "this.conversations().getKnowledge(type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<Map<String, Object>> getKnowledge(String type) {
        record("getKnowledge", "getKnowledge");
        return cache.getKnowledge(type);
    }

    /**
     * Stores a piece of knowledge for three days; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setKnowledge(String, Map)}
     */
    @InlineMe(replacement = "this.conversations().setKnowledge(type, knowledge)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setKnowledge(String type, Map<String, ?> knowledge) {
        record("setKnowledge", "setKnowledge");
        return cache.setKnowledge(type, knowledge);
    }

    /**
     * Stores a piece of knowledge; a time to live of zero means three days.
     *
     * @deprecated use {@link ConversationCache#setKnowledge(String, Map, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setKnowledge(type, knowledge, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setKnowledge(String type, Map<String, ?> knowledge, Duration ttl) {
        record("setKnowledge", "setKnowledge");
        return cache.setKnowledge(type, knowledge, ttl);
    }

    /**
     * An experiment's result; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getExperimentResult(String, String)}
     */
    @InlineMe(replacement = "this.conversations().getExperimentResult(experimentId, variant)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<Map<String, Object>> getExperimentResult(String experimentId, String variant) {
        record("getExperimentResult", "getExperimentResult");
        return cache.getExperimentResult(experimentId, variant);
    }

    /**
     * Stores an experiment's result for one hour; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setExperimentResult(String, String, Map)}
     */
    @InlineMe(replacement = "this.conversations().setExperimentResult(experimentId, variant, result)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setExperimentResult(String experimentId, String variant, Map<String, ?> result) {
        record("setExperimentResult", "setExperimentResult");
        return cache.setExperimentResult(experimentId, variant, result);
    }

    /**
     * Stores an experiment's result; a time to live of zero means one hour.
     *
     * @deprecated use {@link ConversationCache#setExperimentResult(String, String, Map, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setExperimentResult(experimentId, variant, result, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setExperimentResult(String experimentId, String variant, Map<String, ?> result, Duration ttl) {
        record("setExperimentResult", "setExperimentResult");
        return cache.setExperimentResult(experimentId, variant, result, ttl);
    }

    /**
     * A prompt of type {@code main}; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getCachedPrompt(String)}
     */
    @InlineMe(replacement = "this.conversations().getCachedPrompt(contextHash)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<String> getCachedPrompt(String contextHash) {
        record("getCachedPrompt", "getCachedPrompt");
        return cache.getCachedPrompt(contextHash);
    }

    /**
     * A prompt; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getCachedPrompt(String, String)}
     */
    @InlineMe(replacement = "this.conversations().getCachedPrompt(contextHash, type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<String> getCachedPrompt(String contextHash, String type) {
        record("getCachedPrompt", "getCachedPrompt");
        return cache.getCachedPrompt(contextHash, type);
    }

    /**
     * Stores a prompt of type {@code main} for two hours; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setCachedPrompt(String, String)}
     */
    @InlineMe(replacement = "this.conversations().setCachedPrompt(contextHash, prompt)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setCachedPrompt(String contextHash, String prompt) {
        record("setCachedPrompt", "setCachedPrompt");
        return cache.setCachedPrompt(contextHash, prompt);
    }

    /**
     * Stores a prompt for two hours; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setCachedPrompt(String, String, String)}
     */
    @InlineMe(replacement = "this.conversations().setCachedPrompt(contextHash, prompt, type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setCachedPrompt(String contextHash, String prompt, String type) {
        record("setCachedPrompt", "setCachedPrompt");
        return cache.setCachedPrompt(contextHash, prompt, type);
    }

    /**
     * Stores a prompt; a time to live of zero means two hours.
     *
     * @deprecated use {@link ConversationCache#setCachedPrompt(String, String, String, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setCachedPrompt(contextHash, prompt, type, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setCachedPrompt(String contextHash, String prompt, String type, Duration ttl) {
        record("setCachedPrompt", "setCachedPrompt");
        return cache.setCachedPrompt(contextHash, prompt, type, ttl);
    }

    /**
     * A response of type {@code general}; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getCachedResponse(String)}
     */
    @InlineMe(replacement = "this.conversations().getCachedResponse(messageHash)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<Map<String, Object>> getCachedResponse(String messageHash) {
        record("getCachedResponse", "getCachedResponse");
        return cache.getCachedResponse(messageHash);
    }

    /**
     * A response; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getCachedResponse(String, String)}
     */
    @InlineMe(replacement = "this.conversations().getCachedResponse(messageHash, type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<Map<String, Object>> getCachedResponse(String messageHash, String type) {
        record("getCachedResponse", "getCachedResponse");
        return cache.getCachedResponse(messageHash, type);
    }

    /**
     * Stores a response of type {@code general} for one hour; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setCachedResponse(String, Map)}
     */
    @InlineMe(replacement = "this.conversations().setCachedResponse(messageHash, response)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setCachedResponse(String messageHash, Map<String, ?> response) {
        record("setCachedResponse", "setCachedResponse");
        return cache.setCachedResponse(messageHash, response);
    }

    /**
     * Stores a response for one hour; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setCachedResponse(String, Map, String)}
     */
    @InlineMe(replacement = "this.conversations().setCachedResponse(messageHash, response, type)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setCachedResponse(String messageHash, Map<String, ?> response, String type) {
        record("setCachedResponse", "setCachedResponse");
        return cache.setCachedResponse(messageHash, response, type);
    }

    /**
     * Stores a response; a time to live of zero means one hour.
     *
     * @deprecated use {@link ConversationCache#setCachedResponse(String, Map, String, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setCachedResponse(messageHash, response, type, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setCachedResponse(String messageHash, Map<String, ?> response, String type, Duration ttl) {
        record("setCachedResponse", "setCachedResponse");
        return cache.setCachedResponse(messageHash, response, type, ttl);
    }

    /**
     * An emotional profile; empty when there is none or it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getCachedEmotionalProfile(String, int)}
     */
    @InlineMe(replacement = "this.conversations().getCachedEmotionalProfile(customerId, messageCount)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public Optional<Map<String, Object>> getCachedEmotionalProfile(String customerId, int messageCount) {
        record("getCachedEmotionalProfile", "getCachedEmotionalProfile");
        return cache.getCachedEmotionalProfile(customerId, messageCount);
    }

    /**
     * Stores an emotional profile for half an hour; true if it was stored.
     *
     * @deprecated use {@link ConversationCache#setCachedEmotionalProfile(String, int, Map)}
     */
    @InlineMe(replacement = "this.conversations().setCachedEmotionalProfile(customerId, messageCount, profile)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setCachedEmotionalProfile(String customerId, int messageCount, Map<String, ?> profile) {
        record("setCachedEmotionalProfile", "setCachedEmotionalProfile");
        return cache.setCachedEmotionalProfile(customerId, messageCount, profile);
    }

    /**
     * Stores an emotional profile; a time to live of zero means half an hour.
     *
     * @deprecated use {@link ConversationCache#setCachedEmotionalProfile(String, int, Map, Duration)}
     */
    @InlineMe(replacement = "this.conversations().setCachedEmotionalProfile(customerId, messageCount, profile, ttl)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public boolean setCachedEmotionalProfile(
            String customerId, int messageCount, Map<String, ?> profile, Duration ttl) {
        record("setCachedEmotionalProfile", "setCachedEmotionalProfile");
        return cache.setCachedEmotionalProfile(customerId, messageCount, profile, ttl);
    }

    /**
     * Adds 1 to a metric; as {@link #incrementMetric(String, String, long)}.
     *
     * @deprecated use {@link ConversationCache#incrementMetric(String, String)}
     */
    @InlineMe(replacement = "this.conversations().incrementMetric(metricType, name)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public OptionalLong incrementMetric(String metricType, String name) {
        record("incrementMetric", "incrementMetric");
        return cache.incrementMetric(metricType, name);
    }

    /**
     * Adds to a metric in one atomic step and gives its new value; empty when it failed.
     *
     * @deprecated use {@link ConversationCache#incrementMetric(String, String, long)}
     */
    @InlineMe(replacement = "this.conversations().incrementMetric(metricType, name, amount)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public OptionalLong incrementMetric(String metricType, String name, long amount) {
        record("incrementMetric", "incrementMetric");
        return cache.incrementMetric(metricType, name, amount);
    }

    /**
     * A metric's value, zero when it was never counted; empty when it cannot be had.
     *
     * @deprecated use {@link ConversationCache#getMetric(String, String)}
     */
    @InlineMe(replacement = "this.conversations().getMetric(metricType, name)")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public OptionalLong getMetric(String metricType, String name) {
        record("getMetric", "getMetric");
        return cache.getMetric(metricType, name);
    }

    /**
     * Stores the built-in answers to common questions; how many were stored.
     *
     * @deprecated use {@link ConversationCache#preloadCommonResponses()}
     */
    @InlineMe(replacement = "this.conversations().preloadCommonResponses()")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public int preloadCommonResponses() {
        record("preloadCommonResponses", "preloadCommonResponses");
        return cache.preloadCommonResponses();
    }

    /**
     * Stores the built-in knowledge, agent configurations and common responses.
     *
     * @deprecated use {@link ConversationCache#warmCache()}
     */
    @InlineMe(replacement = "this.conversations().warmCache()")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public WarmReport warmCache() {
        record("warmCache", "warmCache");
        return cache.warmCache();
    }

    /**
     * How many expired entries were removed: always 0, since Redis removes them by itself.
     *
     * @deprecated use {@link ConversationCache#clearExpired()}
     */
    @InlineMe(replacement = "this.conversations().clearExpired()")
    @InlineMeValidationDisabled("usage is recorded first")
    @Deprecated(since = "1.0.0", forRemoval = true)
    public int clearExpired() {
        record("clearExpired", "clearExpired");
        return cache.clearExpired();
    }

    /**
     * Statistics of the service underneath and of the kinds.
     *
     * @deprecated use {@link ConversationCache#cacheStats()}
     */
    @Deprecated(since = "1.0.0", forRemoval = true)
    public NgxCacheStats getCacheStats() {
        record("getCacheStats", "cacheStats");
        return runtime.ngxStats(cache.cacheStats());
    }

    private static void record(String method, String replacement) {
        LegacyUsage.shared().record(NgxCacheManager.class, method, "ConversationCache." + replacement);
    }
}
