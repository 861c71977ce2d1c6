package io.cachemigrator.cache.domain.conversation;

import io.cachemigrator.cache.domain.keyed.KeyedCache;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads of several entries in one round trip. */
final class ConversationBatch {
    private static final String CONVERSATIONS = "conv:";
    private static final String COUNTS = "metr:stats:count:";

    /** Names of the kinds that are counted, by the prefix of their keys. */
    private static final Map<String, String> KINDS = kinds();

    private ConversationBatch() {}

    static Map<String, ConversationState> read(KeyedCache keys, Collection<String> ids) {
        return byId(keys.getMany(keysOf(ids), ConversationState.class));
    }

    static CompletableFuture<Map<String, ConversationState>> readAsync(KeyedCache keys, Collection<String> ids) {
        return keys.getManyAsync(keysOf(ids), ConversationState.class).thenApply(ConversationBatch::byId);
    }

    static ConversationStatistics statistics(KeyedCache keys) {
        List<String> names = KINDS.keySet().stream().map(COUNTS::concat).toList();
        Map<String, @Nullable Long> found = keys.getMany(names, Long.class);
        Map<String, Long> counts = new LinkedHashMap<>();
        KINDS.forEach((prefix, kind) -> {
            Long count = found.get(COUNTS + prefix);
            counts.put(kind + "_count", count == null ? 0 : count);
        });
        return new ConversationStatistics(keys.statistics(), counts, List.copyOf(KINDS.values()));
    }

    private static List<String> keysOf(Collection<String> ids) {
        return ids.stream().distinct().map(CONVERSATIONS::concat).toList();
    }

    private static Map<String, ConversationState> byId(Map<String, @Nullable ConversationState> found) {
        Map<String, ConversationState> states = new LinkedHashMap<>();
        found.forEach((key, state) -> {
            if (state != null) {
                states.put(key.substring(CONVERSATIONS.length()), state);
            }
        });
        return states;
    }

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("conv", "conversation");
        kinds.put("cust", "customer");
        kinds.put("pred", "prediction");
        kinds.put("tier", "tier");
        kinds.put("prog", "program");
        kinds.put("roi", "roi");
        kinds.put("conf", "config");
        kinds.put("know", "knowledge");
        kinds.put("metr", "metric");
        kinds.put("exp", "experiment");
        return kinds;
    }
}
