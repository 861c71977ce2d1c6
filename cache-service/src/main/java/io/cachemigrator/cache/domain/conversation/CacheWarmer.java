package io.cachemigrator.cache.domain.conversation;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Predicate;

/** Stores the built-in content: knowledge, agent configurations, and answers to common questions. */
final class CacheWarmer {
    private static final String CONTENT = "common-content.json";

    private final ConversationCache cache;

    CacheWarmer(ConversationCache cache) {
        this.cache = cache;
    }

    int preloadResponses() {
        return store(content().responses(), this::storeResponse);
    }

    WarmReport warm() {
        Content content = content();
        int knowledge = store(content.knowledge(), entry -> cache.setKnowledge(entry.getKey(), entry.getValue()));
        int config = store(content.config(), entry -> cache.setAgentConfig(entry.getKey(), entry.getValue()));
        int responses = store(content.responses(), this::storeResponse);
        int stored = knowledge + config + responses;
        return new WarmReport(knowledge, config, responses, content.size() - stored);
    }

    private boolean storeResponse(Entry<String, Map<String, Object>> entry) {
        Map<String, Object> response = entry.getValue();
        return cache.setCachedResponse(messageHash(entry.getKey()), response, String.valueOf(response.get("type")));
    }

    /** The hash by which a response to a message is kept. */
    static String messageHash(String message) {
        try {
            byte[] text = message.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    private static int store(
            Map<String, Map<String, Object>> entries, Predicate<Entry<String, Map<String, Object>>> write) {
        return (int) entries.entrySet().stream().filter(write).count();
    }

    private static Content content() {
        try (InputStream in = CacheWarmer.class.getResourceAsStream(CONTENT)) {
            return new ObjectMapper().readValue(in, Content.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The built-in content " + CONTENT + " cannot be read", e);
        }
    }

    /** The built-in content; answers by question. */
    record Content(
            Map<String, Map<String, Object>> knowledge,
            Map<String, Map<String, Object>> config,
            Map<String, Map<String, Object>> responses) {

        int size() {
            return knowledge.size() + config.size() + responses.size();
        }
    }
}
