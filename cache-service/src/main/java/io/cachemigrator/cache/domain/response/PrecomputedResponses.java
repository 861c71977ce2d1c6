package io.cachemigrator.cache.domain.response;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.domain.conversation.ConversationCache;
import io.cachemigrator.cache.domain.keyed.KeyedCache;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Responses made beforehand or learnt from conversations, in the region {@value #REGION}. A question is looked up as it is,
 * then by the patterns that it matches, in one round trip. Private exchanges are never kept. Thread safe; never throws
 * because a store is unreachable, unless the service was configured to.
 *
 * <pre>{@code
 * PrecomputedResponses responses = new PrecomputedResponses(service, ResponsePattern.conversation());
 * responses.put("pricing", "What does it cost?", Map.of("response", "149 a month"), 0.9);
 * Optional<PrecomputedResponse> found = responses.find("what does it cost?", ResponseContext.GENERAL);
 * }</pre>
 */
public final class PrecomputedResponses {
    /** The region that responses are kept in. */
    public static final String REGION = "precomputed-responses";

    private static final String LEARNT = "conversation";

    /** Types that no pattern has: what is said of nothing in particular, and the kinds of the built-in answers. */
    private static final List<String> ALWAYS =
            List.of("general", LEARNT, "contextual", "information", "objection_handling", "success");

    private static final Duration HOT_TTL = Duration.ofHours(3);
    private static final Duration COMMON_TTL = Duration.ofHours(4);
    private static final int FEWEST_WORDS = 5;
    private static final int MOST_WORDS = 15;

    private final ResponseStore store;
    private final List<ResponsePattern> patterns;
    private final Set<String> types = new LinkedHashSet<>(ALWAYS);
    private final double leastConfidence;
    private final Clock clock;
    private final LongAdder questionHits = new LongAdder();
    private final LongAdder patternHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** Over a service, which stays open as long as its owner wants; a response of any confidence is served. */
    public PrecomputedResponses(CacheService service, List<ResponsePattern> patterns) {
        this(service, patterns, 0);
    }

    /**
     * Over a service, which stays open as long as its owner wants.
     *
     * @param leastConfidence 0 to 1: responses of less are not served
     */
    public PrecomputedResponses(CacheService service, List<ResponsePattern> patterns, double leastConfidence) {
        this(
                new RegionResponseStore(service),
                patterns,
                leastConfidence,
                service.config().clock());
    }

    /**
     * The kinds of questions of {@link ResponsePattern#conversation()}, beside the other entries of a conversation cache, which
     * stays open as long as its owner wants; a response of any confidence is served.
     */
    public PrecomputedResponses(ConversationCache cache) {
        this(cache.keys().store(), ResponsePattern.conversation(), Clock.systemUTC());
    }

    /** As {@link #PrecomputedResponses(ConversationCache)}, over the keyed cache below one. */
    public PrecomputedResponses(KeyedCache cache) {
        this(new ConversationCache(cache));
    }

    /** Over a keyed store, which stays open as long as its owner wants; a response of any confidence is served. */
    public PrecomputedResponses(KeyedStore store, List<ResponsePattern> patterns, Clock clock) {
        this(new KeyedResponseStore(store), patterns, 0, clock);
    }

    private PrecomputedResponses(
            ResponseStore store, List<ResponsePattern> patterns, double leastConfidence, Clock clock) {
        if (!(leastConfidence >= 0 && leastConfidence <= 1)) {
            throw new IllegalArgumentException(
                    "The least confidence is " + leastConfidence + "; allowed: 0 to 1. Correct the value.");
        }
        this.store = store;
        this.patterns = List.copyOf(patterns);
        this.leastConfidence = leastConfidence;
        this.clock = clock;
        for (ResponsePattern pattern : patterns) {
            // the plain kind: pricing for pricing_response
            types.add(pattern.type().replaceFirst("_(response|objection)$", ""));
            types.add(pattern.type());
        }
    }

    /**
     * The best response to a question: the same question first, then the patterns that it matches, in their order. The
     * customer's name takes the place of {@code {name}}, or stands in front; other braces stay as they are.
     */
    public Optional<PrecomputedResponse> find(String question, ResponseContext context) {
        Map<String, Candidate> candidates = candidates(question, context);
        Map<String, Lookup<Map<String, Object>>> lookups = store.lookupAll(candidates.keySet());
        boolean down = false;
        for (Map.Entry<String, Candidate> each : candidates.entrySet()) {
            Lookup<Map<String, Object>> lookup = lookups.get(each.getKey());
            down |= lookup instanceof Lookup.Unavailable;
            @Nullable Map<String, Object> stored = lookup == null ? null : lookup.valueOrNull();
            if (stored != null) {
                PrecomputedResponse response = response(stored, each.getValue(), context);
                if (response.confidence() >= leastConfidence && !response.text().isEmpty()) {
                    (response.match() == PrecomputedResponse.Match.QUESTION ? questionHits : patternHits).increment();
                    return Optional.of(response);
                }
            }
        }
        (down ? unavailable : misses).increment();
        return Optional.empty();
    }

    /**
     * As {@link #find(String, ResponseContext)}.
     *
     * @param context as of {@link ResponseContext#of}
     */
    public Optional<PrecomputedResponse> find(String question, Map<String, ?> context) {
        return find(question, ResponseContext.of(context));
    }

    private record Candidate(String type, PrecomputedResponse.Match match) {}

    private Map<String, Candidate> candidates(String question, ResponseContext context) {
        Map<String, Candidate> ids = new LinkedHashMap<>();
        for (String type : types) {
            ids.put(ResponseKeys.byQuestion(type, question), new Candidate(type, PrecomputedResponse.Match.QUESTION));
        }
        for (ResponsePattern pattern : patterns) {
            if (pattern.matches(question)) {
                String plain = pattern.type().replaceFirst("_(response|objection)$", "");
                Candidate byPattern = new Candidate(pattern.type(), PrecomputedResponse.Match.PATTERN);
                ids.put(ResponseKeys.byPattern(pattern, context), byPattern);
                ids.put(ResponseKeys.byType(pattern.type(), context), byPattern);
                ids.put(ResponseKeys.byType(plain, context), new Candidate(plain, PrecomputedResponse.Match.PATTERN));
            }
        }
        return ids;
    }

    private static PrecomputedResponse response(
            Map<String, Object> stored, Candidate candidate, ResponseContext context) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (stored.get("payload") instanceof Map<?, ?> payload) {
            payload.forEach((name, value) -> fields.put(String.valueOf(name), value));
        } else {
            fields.putAll(stored);
        }
        Object text = stored.containsKey("response") ? stored.get("response") : fields.get("response");
        double confidence = stored.get("confidence") instanceof Number number ? number.doubleValue() : 1;
        return new PrecomputedResponse(
                personal(text == null ? "" : text.toString(), context.customerName()),
                candidate.type(),
                confidence,
                instant(stored.get("created_at")),
                candidate.match(),
                fields);
    }

    private static @Nullable Instant instant(@Nullable Object text) {
        try {
            return text == null ? null : Instant.parse(text.toString());
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static String personal(String text, @Nullable String name) {
        if (name == null || name.isBlank() || text.isEmpty()) {
            return text;
        }
        if (text.contains("{name}")) {
            return text.replace("{name}", name);
        }
        return text.contains(name) ? text : name + ", " + text;
    }

    /**
     * Stores a response to one question.
     *
     * @param type what kind of answer it is; one that no pattern has is found by its question all the same
     * @param response its fields, of which {@code response} is the text
     * @param confidence 0 to 1
     * @return whether it was stored: not when the exchange is private or the store cannot be reached
     */
    public boolean put(String type, String question, Map<String, ?> response, double confidence) {
        requireConfidence(confidence);
        if (isPrivate(question, response)) {
            refused.increment();
            return false;
        }
        String kind = types.contains(type) ? type : "general";
        return store(ResponseKeys.byQuestion(kind, question), response, confidence, HOT_TTL);
    }

    /**
     * Stores the response to every question of a kind, for customers such as the context's.
     *
     * @return whether it was stored
     */
    public boolean putForPattern(
            ResponsePattern pattern, ResponseContext context, Map<String, ?> response, double confidence) {
        requireConfidence(confidence);
        if (context.personalData() || isPrivate("", response)) {
            refused.increment();
            return false;
        }
        return store(ResponseKeys.byPattern(pattern, context), response, confidence, COMMON_TTL);
    }

    /**
     * Keeps the answer of a conversation, if the question may come again: one that a pattern matches, or of 5 to 15 words.
     *
     * @return whether all of it was stored
     */
    public boolean learn(String question, Map<String, ?> response, ResponseContext context, double confidence) {
        requireConfidence(confidence);
        Optional<ResponsePattern> pattern =
                patterns.stream().filter(each -> each.matches(question)).findFirst();
        int words = question.isBlank() ? 0 : question.strip().split("\\s+").length;
        boolean recurs = pattern.isPresent() || (words >= FEWEST_WORDS && words <= MOST_WORDS);
        if (context.personalData() || !recurs || isPrivate(question, response)) {
            refused.increment();
            return false;
        }
        boolean stored = store(ResponseKeys.byQuestion(LEARNT, question), response, confidence, HOT_TTL);
        return stored
                && (pattern.isEmpty()
                        || store(ResponseKeys.byPattern(pattern.get(), context), response, confidence, COMMON_TTL));
    }

    /**
     * As {@link #learn(String, Map, ResponseContext, double)}, of a response that is sure to fit.
     *
     * @param context as of {@link ResponseContext#of}
     */
    public boolean learn(String question, Map<String, ?> response, Map<String, ?> context) {
        return learn(question, response, ResponseContext.of(context), 1);
    }

    private boolean store(String id, Map<String, ?> response, double confidence, Duration ttl) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("response", response.get("response"));
        entry.put("confidence", confidence);
        entry.put("created_at", clock.instant().toString());
        entry.put("payload", new LinkedHashMap<>(response));
        return store.put(id, entry, WriteOptions.ttl(ttl)) == WriteOutcome.STORED;
    }

    private static boolean isPrivate(String question, Map<String, ?> response) {
        List<String> texts = new ArrayList<>(List.of(question));
        texts.add(String.valueOf(response.get("response")));
        return texts.stream()
                .anyMatch(text -> ResponsePattern.PRIVATE.matcher(text).find());
    }

    private static void requireConfidence(double confidence) {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException(
                    "A confidence is " + confidence + "; allowed: 0 to 1. Correct the value.");
        }
    }

    /** Counts so far. */
    public ResponseStatistics statistics() {
        return new ResponseStatistics(
                questionHits.sum(), patternHits.sum(), misses.sum(), unavailable.sum(), refused.sum());
    }
}
