package io.cachemigrator.cache.domain.ai;

import io.cachemigrator.cache.domain.keyed.KeyedJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ids that the answer to a request may have. Older caches differed in when they hashed a text and in where they put the
 * question, and the oldest hashed the whole request, so one request has several ids. Immutable.
 */
public final class AiKeyHistory {
    /** Thresholds that older releases came with. */
    private static final List<Integer> THRESHOLDS = List.of(1_000, 500);

    private final AiKeys current;
    private final List<AiKeys> older;
    private final boolean whole;

    private AiKeyHistory(AiKeys current, List<AiKeys> older, boolean whole) {
        this.current = current;
        this.older = older;
        this.whole = whole;
    }

    /** One way of making ids and no older one. */
    public static AiKeyHistory of(AiKeys keys) {
        return new AiKeyHistory(keys, List.of(), false);
    }

    /**
     * The ids that {@code keys} makes, then those of older releases: with the question among the options, with the question
     * beside them, each for the threshold given and those that older releases came with, then a digest of the whole request.
     *
     * @param threshold code points from which on texts are hashed
     * @param algorithm {@code SHA-256} or {@code MD5}
     */
    public static AiKeyHistory withOlder(AiKeys keys, int threshold, String algorithm) {
        Set<Integer> thresholds = new LinkedHashSet<>(List.of(threshold));
        thresholds.addAll(THRESHOLDS);
        List<AiKeys> older = new ArrayList<>();
        for (boolean inOptions : new boolean[] {true, false}) {
            thresholds.forEach(each -> older.add(AiKeys.structured(each, inOptions, algorithm)));
        }
        return new AiKeyHistory(keys, List.copyOf(older), true);
    }

    /** The id under which an answer is stored. */
    public String idOf(AiRequest request) {
        return current.idOf(request);
    }

    /** The other ids it may have, in the order in which they are to be tried; none twice. */
    public List<String> olderIdsOf(AiRequest request) {
        Set<String> ids = new LinkedHashSet<>();
        older.forEach(keys -> ids.add(keys.idOf(request)));
        if (whole) {
            ids.add(wholeRequest(request));
        }
        ids.remove(idOf(request));
        return List.copyOf(ids);
    }

    /** MD5 over the request as JSON, members and options in order, as the oldest caches had it. */
    private static String wholeRequest(AiRequest request) {
        List<List<@Nullable Object>> options = new ArrayList<>();
        sorted(request.options()).forEach((name, value) -> {
            List<@Nullable Object> pair = new ArrayList<>();
            pair.add(name);
            pair.add(value);
            options.add(pair);
        });
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("operation", request.operation());
        whole.put("options", options);
        whole.put("question", request.question());
        whole.put("text", request.text());
        return Digests.hex("MD5", KeyedJson.write(whole), 16);
    }

    private static Map<String, @Nullable Object> sorted(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>(StructuredKeys.BY_CODE_POINT);
        map.forEach((name, value) ->
                sorted.put(String.valueOf(name), value instanceof Map<?, ?> inner ? sorted(inner) : value));
        return sorted;
    }
}
