package io.cachemigrator.cache.domain.conversation;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a conversation service: typed access to conversations, customers, predictions and the like, each with a
 * key layout and a time to live of its own. Thread safe.
 *
 * <p>As {@link KeyedCache}, it does not throw because a store is unreachable: reads are empty, writes give {@code false}.
 * A stored value that is not of the expected shape is empty too, stays where it is, and is counted as a decode error.
 * Wherever a time to live is given, zero means the kind's default and a negative one is an
 * {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * ConversationCache conversations = new ConversationCache(KeyedCache.open());
 * conversations.setConversation("42", ConversationState.builder("42").customerId("7").build());
 * Optional<ConversationState> state = conversations.getConversation("42");
 * }</pre>
 */
public final class ConversationCache {
    private static final Duration CONVERSATION_TTL = Duration.ofHours(2);
    private static final Duration CUSTOMER_TTL = Duration.ofHours(3);
    private static final Duration PREDICTION_TTL = Duration.ofHours(1);
    private static final Duration TIER_TTL = Duration.ofHours(2);
    private static final Duration PROGRAM_TTL = Duration.ofHours(4);
    private static final Duration ROI_TTL = Duration.ofHours(2);
    private static final Duration CONFIG_TTL = Duration.ofHours(6);
    private static final Duration KNOWLEDGE_TTL = Duration.ofDays(3);
    private static final Duration PROMPT_TTL = Duration.ofHours(2);
    private static final Duration RESPONSE_TTL = Duration.ofHours(1);
    private static final Duration EMOTIONAL_TTL = Duration.ofMinutes(30);

    private final KeyedCache keys;
    private final CacheWarmer warmer;

    /** Over a keyed cache, which stays open as long as its owner wants. */
    public ConversationCache(KeyedCache keys) {
        this.keys = keys;
        this.warmer = new CacheWarmer(this);
    }

    /** Over a service, which stays open as long as its owner wants. */
    public ConversationCache(CacheService service) {
        this(new KeyedCache(service));
    }

    /** The keyed cache underneath. */
    public KeyedCache keys() {
        return keys;
    }

    /** The value under any key; as {@link KeyedCache#get(String, Class)}. */
    public <T> @Nullable T get(String key, Class<T> type) {
        return keys.get(key, type);
    }

    /** Stores a value under any key; as {@link KeyedCache#set(String, Object)}. */
    public boolean set(String key, @Nullable Object value) {
        return keys.set(key, value);
    }

    /** Stores a value under any key; as {@link KeyedCache#set(String, Object, Duration)}. */
    public boolean set(String key, @Nullable Object value, Duration ttl) {
        return keys.set(key, value, ttl);
    }

    /** Removes an entry under any key; true if there was one. */
    public boolean delete(String key) {
        return keys.delete(key);
    }

    /** Removes every entry, of all kinds and of none. */
    public ClearOutcome clear() {
        return keys.clear();
    }

    /** A conversation's state; empty when there is none or it cannot be had. */
    public Optional<ConversationState> getConversation(String id) {
        return Optional.ofNullable(keys.get("conv:" + id, ConversationState.class));
    }

    /** What {@link #getConversation} found, with the reason when there is no value. */
    public Lookup<ConversationState> lookupConversation(String id) {
        return keys.lookup("conv:" + id, ConversationState.class);
    }

    /** Stores a conversation's state for two hours; true if it was stored. */
    public boolean setConversation(String id, ConversationState state) {
        return setConversation(id, state, CONVERSATION_TTL);
    }

    /** Stores a conversation's state; a time to live of zero means two hours. */
    public boolean setConversation(String id, ConversationState state, Duration ttl) {
        return put("conv:" + id, state, ttl, CONVERSATION_TTL);
    }

    /** Removes a conversation's state; true if there was one. */
    public boolean deleteConversation(String id) {
        return keys.delete("conv:" + id);
    }

    /** The states found, by id, in one round trip; what cannot be read is left out. */
    public Map<String, ConversationState> getConversationsBatch(Collection<String> ids) {
        return ConversationBatch.read(keys, ids);
    }

    /** As {@link #getConversationsBatch}, on another thread. */
    public CompletableFuture<Map<String, ConversationState>> getConversationsBatchAsync(Collection<String> ids) {
        return ConversationBatch.readAsync(keys, ids);
    }

    /** What is known of a customer; empty when there is nothing or it cannot be had. */
    public Optional<CustomerData> getCustomer(String id) {
        return Optional.ofNullable(keys.get("cust:" + id, CustomerData.class));
    }

    /** Stores what is known of a customer for three hours; true if it was stored. */
    public boolean setCustomer(String id, CustomerData customer) {
        return setCustomer(id, customer, CUSTOMER_TTL);
    }

    /** Stores what is known of a customer; a time to live of zero means three hours. */
    public boolean setCustomer(String id, CustomerData customer, Duration ttl) {
        return put("cust:" + id, customer, ttl, CUSTOMER_TTL);
    }

    /** A model's prediction; empty when there is none or it cannot be had. */
    public Optional<Map<String, Object>> getPrediction(String modelType, String inputHash) {
        return map("pred:" + modelType + ":" + inputHash);
    }

    /** Stores a model's prediction for one hour; true if it was stored. */
    public boolean setPrediction(String modelType, String inputHash, Map<String, ?> prediction) {
        return setPrediction(modelType, inputHash, prediction, PREDICTION_TTL);
    }

    /** Stores a model's prediction; a time to live of zero means one hour. */
    public boolean setPrediction(String modelType, String inputHash, Map<String, ?> prediction, Duration ttl) {
        return put("pred:" + modelType + ":" + inputHash, prediction, ttl, PREDICTION_TTL);
    }

    /** A detected tier; empty when there is none or it cannot be had. */
    public Optional<Map<String, Object>> getTierDetection(String customerId, String contextHash) {
        return map("tier:" + customerId + ":" + contextHash);
    }

    /** Stores a detected tier for two hours; true if it was stored. */
    public boolean setTierDetection(String customerId, String contextHash, Map<String, ?> detection) {
        return setTierDetection(customerId, contextHash, detection, TIER_TTL);
    }

    /** Stores a detected tier; a time to live of zero means two hours. */
    public boolean setTierDetection(String customerId, String contextHash, Map<String, ?> detection, Duration ttl) {
        return put("tier:" + customerId + ":" + contextHash, detection, ttl, TIER_TTL);
    }

    /** Recommended programmes; empty when there is none or it cannot be had. */
    public Optional<List<Map<String, Object>>> getProgramRecommendations(String profileHash) {
        return maps("prog:rec:" + profileHash);
    }

    /** Stores recommended programmes for four hours; true if it was stored. */
    public boolean setProgramRecommendations(String profileHash, List<? extends Map<String, ?>> recommendations) {
        return setProgramRecommendations(profileHash, recommendations, PROGRAM_TTL);
    }

    /** Stores recommended programmes; a time to live of zero means four hours. */
    public boolean setProgramRecommendations(
            String profileHash, List<? extends Map<String, ?>> recommendations, Duration ttl) {
        return put("prog:rec:" + profileHash, recommendations, ttl, PROGRAM_TTL);
    }

    /** A calculated return on investment; empty when there is none or it cannot be had. */
    public Optional<Map<String, Object>> getRoiCalculation(String profession, String metricsHash) {
        return map("roi:" + profession + ":" + metricsHash);
    }

    /** Stores a calculated return on investment for two hours; true if it was stored. */
    public boolean setRoiCalculation(String profession, String metricsHash, Map<String, ?> calculation) {
        return setRoiCalculation(profession, metricsHash, calculation, ROI_TTL);
    }

    /** Stores a calculated return on investment; a time to live of zero means two hours. */
    public boolean setRoiCalculation(String profession, String metricsHash, Map<String, ?> calculation, Duration ttl) {
        return put("roi:" + profession + ":" + metricsHash, calculation, ttl, ROI_TTL);
    }

    /** An agent's configuration; empty when there is none or it cannot be had. */
    public Optional<Map<String, Object>> getAgentConfig(String configType) {
        return map("conf:agent:" + configType);
    }

    /** Stores an agent's configuration for six hours; true if it was stored. */
    public boolean setAgentConfig(String configType, Map<String, ?> config) {
        return setAgentConfig(configType, config, CONFIG_TTL);
    }

    /** Stores an agent's configuration; a time to live of zero means six hours. */
    public boolean setAgentConfig(String configType, Map<String, ?> config, Duration ttl) {
        return put("conf:agent:" + configType, config, ttl, CONFIG_TTL);
    }

    /** A piece of knowledge; empty when there is none or it cannot be had. */
    public Optional<Map<String, Object>> getKnowledge(String type) {
        return map("know:" + type);
    }

    /** Stores a piece of knowledge for three days; true if it was stored. */
    public boolean setKnowledge(String type, Map<String, ?> knowledge) {
        return setKnowledge(type, knowledge, KNOWLEDGE_TTL);
    }

    /** Stores a piece of knowledge; a time to live of zero means three days. */
    public boolean setKnowledge(String type, Map<String, ?> knowledge, Duration ttl) {
        return put("know:" + type, knowledge, ttl, KNOWLEDGE_TTL);
    }

    /** An experiment's result; empty when there is none or it cannot be had. */
    public Optional<Map<String, Object>> getExperimentResult(String experimentId, String variant) {
        return map("exp:" + experimentId + ":" + variant);
    }

    /** Stores an experiment's result for one hour; true if it was stored. */
    public boolean setExperimentResult(String experimentId, String variant, Map<String, ?> result) {
        return setExperimentResult(experimentId, variant, result, PREDICTION_TTL);
    }

    /** Stores an experiment's result; a time to live of zero means one hour. */
    public boolean setExperimentResult(String experimentId, String variant, Map<String, ?> result, Duration ttl) {
        return put("exp:" + experimentId + ":" + variant, result, ttl, PREDICTION_TTL);
    }

    /** A prompt of type {@code main}; empty when there is none or it cannot be had. */
    public Optional<String> getCachedPrompt(String contextHash) {
        return getCachedPrompt(contextHash, "main");
    }

    /** A prompt; empty when there is none or it cannot be had. */
    public Optional<String> getCachedPrompt(String contextHash, String type) {
        return text("prompt:" + type + ":" + contextHash);
    }

    /** Stores a prompt of type {@code main} for two hours; true if it was stored. */
    public boolean setCachedPrompt(String contextHash, String prompt) {
        return setCachedPrompt(contextHash, prompt, "main");
    }

    /** Stores a prompt for two hours; true if it was stored. */
    public boolean setCachedPrompt(String contextHash, String prompt, String type) {
        return setCachedPrompt(contextHash, prompt, type, PROMPT_TTL);
    }

    /** Stores a prompt; a time to live of zero means two hours. */
    public boolean setCachedPrompt(String contextHash, String prompt, String type, Duration ttl) {
        return put("prompt:" + type + ":" + contextHash, prompt, ttl, PROMPT_TTL);
    }

    /** A response of type {@code general}; empty when there is none or it cannot be had. */
    public Optional<Map<String, Object>> getCachedResponse(String messageHash) {
        return getCachedResponse(messageHash, "general");
    }

    /** A response; empty when there is none or it cannot be had. */
    public Optional<Map<String, Object>> getCachedResponse(String messageHash, String type) {
        return map("response:" + type + ":" + messageHash);
    }

    /** Stores a response of type {@code general} for one hour; true if it was stored. */
    public boolean setCachedResponse(String messageHash, Map<String, ?> response) {
        return setCachedResponse(messageHash, response, "general");
    }

    /** Stores a response for one hour; true if it was stored. */
    public boolean setCachedResponse(String messageHash, Map<String, ?> response, String type) {
        return setCachedResponse(messageHash, response, type, RESPONSE_TTL);
    }

    /** Stores a response; a time to live of zero means one hour. */
    public boolean setCachedResponse(String messageHash, Map<String, ?> response, String type, Duration ttl) {
        return put("response:" + type + ":" + messageHash, response, ttl, RESPONSE_TTL);
    }

    /** An emotional profile; empty when there is none or it cannot be had. */
    public Optional<Map<String, Object>> getCachedEmotionalProfile(String customerId, int messageCount) {
        return map("emotional:" + customerId + ":" + messageCount);
    }

    /** Stores an emotional profile for half an hour; true if it was stored. */
    public boolean setCachedEmotionalProfile(String customerId, int messageCount, Map<String, ?> profile) {
        return setCachedEmotionalProfile(customerId, messageCount, profile, EMOTIONAL_TTL);
    }

    /** Stores an emotional profile; a time to live of zero means half an hour. */
    public boolean setCachedEmotionalProfile(
            String customerId, int messageCount, Map<String, ?> profile, Duration ttl) {
        return put("emotional:" + customerId + ":" + messageCount, profile, ttl, EMOTIONAL_TTL);
    }

    /** Adds 1 to a metric; as {@link #incrementMetric(String, String, long)}. */
    public OptionalLong incrementMetric(String metricType, String name) {
        return incrementMetric(metricType, name, 1);
    }

    /** Adds to a metric in one atomic step and gives its new value; metrics do not expire. Empty when it failed. */
    public OptionalLong incrementMetric(String metricType, String name, long amount) {
        return keys.increment("metr:" + metricType + ":" + name, amount);
    }

    /** A metric's value, zero when it was never counted; empty when it cannot be had. */
    public OptionalLong getMetric(String metricType, String name) {
        Lookup<Long> found = keys.lookup("metr:" + metricType + ":" + name, Long.class);
        Long value = found.valueOrNull();
        if (value != null) {
            return OptionalLong.of(value);
        }
        return found.isPresent() || found instanceof Lookup.Absent ? OptionalLong.of(0) : OptionalLong.empty();
    }

    /** Stores the built-in answers to common questions; how many were stored. */
    public int preloadCommonResponses() {
        return warmer.preloadResponses();
    }

    /** Stores the built-in knowledge, agent configurations and common responses. */
    public WarmReport warmCache() {
        return warmer.warm();
    }

    /** How many expired entries were removed: always 0, since the stores remove them by themselves. */
    public int clearExpired() {
        return 0;
    }

    /** Counters of this cache and of its kinds. */
    public ConversationStatistics cacheStats() {
        return ConversationBatch.statistics(keys);
    }

    private boolean put(String key, Object value, Duration ttl, Duration defaultTtl) {
        return keys.set(key, value, ttl.isZero() ? defaultTtl : ttl);
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(keys.get(key, String.class));
    }

    @SuppressWarnings("unchecked") // JSON maps have text keys
    private Optional<Map<String, Object>> map(String key) {
        return Optional.ofNullable((Map<String, Object>) keys.get(key, Map.class));
    }

    private Optional<List<Map<String, Object>>> maps(String key) {
        return Optional.ofNullable(keys.get(key, MapList.class)).map(MapList::maps);
    }
}
