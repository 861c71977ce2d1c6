package io.cachemigrator.migrator.data;

import io.cachemigrator.map.translate.LegacyEntry;
import io.cachemigrator.migrator.legacy.LegacyReader;
import io.cachemigrator.migrator.project.StoreUri;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads legacy entries from every master of a Redis Cluster. Masters are scanned one after the other; where slots moved
 * meanwhile, all are scanned once more, because a key may have moved behind the scan's back.
 */
final class ClusterReader implements LegacyReader {
    private static final char SEPARATOR = ':';
    private static final int MOST_ROUNDS = 20;

    private final ClusterLinks<RedisReader> links;
    private String begun = "";

    ClusterReader(StoreUri uri) {
        this.links = new ClusterLinks<>(uri, "legacy", RedisReader::new);
    }

    /** Slots and server processes: with either another one, a position means nothing. */
    @Override
    public String identity() {
        StringBuilder text = new StringBuilder(links.map().text());
        links.clients().forEach(client -> text.append(client.identity()).append(' '));
        return text.toString();
    }

    @Override
    public long nowMillis() {
        return links.clients().get(0).nowMillis();
    }

    /** A position is the round, the master's place and the cursor there. */
    @Override
    public Page scan(String position, int count, @Nullable String pattern) {
        String[] parts = position.equals(START) ? new String[] {"1", "0", START} : position.split(":", 3);
        int round = Integer.parseInt(parts[0]);
        int master = Integer.parseInt(parts[1]);
        if (begun.isEmpty()) {
            begun = links.map().text();
        }
        if (!begun.equals(links.map().text())) {
            return nextRound(List.of(), round);
        }
        Page page = links.clients().get(master).scan(parts[2], count, pattern);
        if (!page.next().equals(START)) {
            return new Page(page.keys(), at(round, master, page.next()));
        }
        if (master + 1 < links.clients().size()) {
            return new Page(page.keys(), at(round, master + 1, START));
        }
        links.refresh();
        if (!begun.equals(links.map().text())) {
            return nextRound(page.keys(), round);
        }
        begun = "";
        return new Page(page.keys(), START);
    }

    private Page nextRound(List<byte[]> keys, int round) {
        begun = "";
        if (round == MOST_ROUNDS) {
            throw links.neverStill(MOST_ROUNDS);
        }
        links.settle();
        return new Page(keys, at(round + 1, 0, START));
    }

    private static String at(int round, int master, String cursor) {
        return "" + round + SEPARATOR + master + SEPARATOR + cursor;
    }

    @Override
    public List<@Nullable LegacyEntry> read(List<byte[]> keys) {
        return links.<byte[], @Nullable LegacyEntry>onMasters(keys, keys, RedisReader::read);
    }

    @Override
    public boolean readLarge(LegacyEntry entry, Pieces pieces) throws IOException {
        return links.streamed(entry.key(), reader -> Optional.of(reader.readLarge(entry, pieces)))
                .orElse(false);
    }

    /** A server that did not read it, because its slot has moved since, watches nothing and says so. */
    @Override
    public @Nullable LegacyEntry ifUnchanged(LegacyEntry entry) {
        return links.clients().get(links.map().masterOf(entry.key())).ifUnchanged(entry);
    }

    @Override
    public List<Boolean> exist(List<byte[]> keys) {
        return links.onMasters(keys, keys, RedisReader::exist);
    }

    @Override
    public List<@Nullable Long> deadlines(List<byte[]> keys) {
        return links.<byte[], @Nullable Long>onMasters(keys, keys, RedisReader::deadlines);
    }

    @Override
    public List<@Nullable Long> sizes(List<byte[]> keys) {
        return links.<byte[], @Nullable Long>onMasters(keys, keys, RedisReader::sizes);
    }

    @Override
    public boolean knowsDeadlines() {
        return links.clients().stream().allMatch(RedisReader::knowsDeadlines);
    }

    @Override
    public @Nullable String evictsByAccess() {
        for (RedisReader client : links.clients()) {
            String policy = client.evictsByAccess();
            if (policy != null) {
                return policy;
            }
        }
        return null;
    }

    @Override
    public void close() {
        links.close();
    }
}
