package io.cachemigrator.migrator.data;

import io.cachemigrator.map.KeySpace;
import io.cachemigrator.migrator.project.StoreUri;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * The keys that are used most, as far as a Redis server can tell from a sample: by OBJECT FREQ where it counts accesses, else by OBJECT
 * IDLETIME. Neither question counts as an access. So many keys are asked for at most, however many there are.
 */
final class HotKeys {
    static final int MOST_ASKED = 50_000;
    static final int MOST_HOT = 1_000;
    private static final int PAGE = 500;
    /** Whether some of fewer keys come first makes no difference. */
    private static final int FEWEST = 1_000;

    private static final long LEAST_IDLE_SECONDS = 60;

    private final DataCopy.Options options;
    private final PriorityQueue<Key> hottest = new PriorityQueue<>(Comparator.comparingLong(Key::heat));
    private final long[] heats = new long[MOST_ASKED];
    private boolean frequency;
    private int asked;

    private HotKeys(DataCopy.Options options) {
        this.options = options;
    }

    @SuppressWarnings("ArrayRecordComponent") // ordered by heat, never compared
    private record Key(byte[] key, long heat) {}

    /** The hottest keys that stand for themselves, the hottest first; none where the server does not tell, or all are about as hot. */
    static List<byte[]> find(DataCopy.Options options) {
        StoreUri legacy = options.stores().legacy();
        if (!legacy.kind().isRedis() || options.expectedKeys() < FEWEST) {
            return List.of();
        }
        HotKeys keys = new HotKeys(options);
        List<RedisLink> links = RedisLink.openAll(legacy, "legacy");
        try {
            for (RedisLink link : links) {
                keys.ask(link, MOST_ASKED / links.size());
            }
        } finally {
            links.forEach(RedisLink::close);
        }
        return keys.hottest();
    }

    private void ask(RedisLink link, int most) {
        frequency = link.info("memory")
                .getOrDefault("maxmemory_policy", "")
                .toLowerCase(Locale.ROOT)
                .contains("lfu");
        ScanParams params = new ScanParams().count(PAGE);
        String pattern = options.maps().onlyScanPattern();
        if (pattern != null) {
            params.match(pattern);
        }
        int end = asked + most;
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            options.cancellation().check();
            options.lock().check();
            byte[] from = cursor.getBytes(StandardCharsets.US_ASCII);
            ScanResult<byte[]> page = link.call(redis -> redis.scan(from, params));
            List<byte[]> keys = page.getResult().stream()
                    .filter(this::isIndependent)
                    .limit(end - asked)
                    .toList();
            if (!ask(link, keys)) {
                return;
            }
            cursor = page.getCursor();
        } while (asked < end && !cursor.equals(ScanParams.SCAN_POINTER_START));
    }

    private boolean isIndependent(byte[] key) {
        KeySpace space = options.maps().keySpace(key);
        return space != null && DataCopy.isCopied(space) && !DataCopy.isDependent(space);
    }

    /** False when the server does not tell. */
    private boolean ask(RedisLink link, List<byte[]> keys) {
        List<@Nullable Long> answers = link.call(redis -> {
            Pipeline pipeline = redis.pipelined();
            List<Response<Long>> replies = keys.stream()
                    .map(key -> frequency ? pipeline.objectFreq(key) : pipeline.objectIdletime(key))
                    .toList();
            pipeline.sync();
            List<@Nullable Long> told = new ArrayList<>(keys.size());
            try {
                replies.forEach(reply -> told.add(reply.get()));
            } catch (JedisDataException refused) {
                return List.of();
            }
            return told;
        });
        for (int i = 0; i < answers.size(); i++) {
            Long answer = answers.get(i);
            if (answer != null) {
                long heat = frequency ? answer : -answer;
                heats[asked++] = heat;
                hottest.add(new Key(keys.get(i), heat));
                if (hottest.size() > MOST_HOT) {
                    hottest.poll();
                }
            }
        }
        return answers.size() == keys.size();
    }

    private List<byte[]> hottest() {
        if (asked == 0) {
            return List.of();
        }
        Arrays.sort(heats, 0, asked);
        long middle = heats[asked / 2];
        List<byte[]> keys = hottest.stream()
                .filter(key -> isHot(key.heat(), middle))
                .sorted(Comparator.comparingLong(Key::heat).reversed())
                .map(Key::key)
                .toList();
        if (!keys.isEmpty()) {
            options.progress()
                    .line(String.format(
                            Locale.ROOT,
                            "  data: the %,d hottest of %,d keys come first, by %s",
                            keys.size(),
                            asked,
                            frequency ? "OBJECT FREQ" : "OBJECT IDLETIME"));
        }
        return keys;
    }

    /** Used more than twice as often as the one in the middle, or idle for less than half of its time. */
    private boolean isHot(long heat, long middle) {
        return frequency ? heat > 2 * middle : 2 * -heat + LEAST_IDLE_SECONDS <= -middle;
    }
}
