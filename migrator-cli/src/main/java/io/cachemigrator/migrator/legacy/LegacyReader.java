package io.cachemigrator.migrator.legacy;

import io.cachemigrator.map.RedisType;
import io.cachemigrator.map.translate.LegacyEntry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads legacy entries from a store and changes nothing there. Not thread safe: one for each thread. */
public interface LegacyReader extends AutoCloseable {
    /** Position of the first page; as the next position, it says that there is none. */
    String START = "0";
    /** Deadline of an entry that does not expire. */
    long NO_DEADLINE = -1;

    /** Tells stores apart: a position means nothing where the identity is another one. */
    String identity();

    /** The store's clock in milliseconds since the epoch, by which its entries expire. */
    long nowMillis();

    /**
     * A page of keys.
     *
     * @param keys keys, some of which may come again in a later page
     * @param next position of the next page; {@link #START} = this was the last
     */
    record Page(List<byte[]> keys, String next) {}

    /**
     * Reads keys; those that stay throughout come at least once.
     *
     * @param position {@link #START} or what an earlier page gave
     * @param count about how many
     * @param pattern glob that keys should match, for stores that can tell; others give all
     */
    Page scan(String position, int count, @Nullable String pattern);

    /**
     * Reads entries; one element for each key, in order; null = it is gone. What would take too much memory, alone or with the
     * others, comes as {@linkplain LegacyEntry#large() large} and without its value, to be read by {@link #readLarge}.
     */
    List<@Nullable LegacyEntry> read(List<byte[]> keys);

    /**
     * As {@link #read(List)}, which it may spare a question to the store.
     *
     * @param expected what type each entry is likely to have; null = nobody knows. Whatever it says, entries come with the type that
     *     they have
     */
    default List<@Nullable LegacyEntry> read(List<byte[]> keys, List<@Nullable RedisType> expected) {
        return read(keys);
    }

    /** Takes what a large entry holds, piece by piece. Elements of hashes and sets come in any order, and perhaps again. */
    interface Pieces {
        /** Forgets what came before, if anything: an entry of a type begins. */
        void begin(String redisType) throws IOException;

        /** A part of a string, an element of a list or of a set. */
        void piece(byte[] bytes) throws IOException;

        /** A field of a hash with its value, or a member of a sorted set with its score. */
        void pair(byte[] name, byte[] value) throws IOException;
    }

    /**
     * Reads a large entry in pieces.
     *
     * @return whether it was there throughout, and of the same type
     */
    default boolean readLarge(LegacyEntry entry, Pieces pieces) throws IOException {
        throw new UnsupportedOperationException("this store gives no entry as large");
    }

    /**
     * The entry that was read by {@link #readLarge} last, as of now and without its value; null when it has changed since reading
     * began. May be asked once for each reading.
     */
    default @Nullable LegacyEntry ifUnchanged(LegacyEntry entry) {
        throw new UnsupportedOperationException("this store gives no entry as large");
    }

    /** Which of the keys exist, in order. */
    List<Boolean> exist(List<byte[]> keys);

    /** When entries expire, in milliseconds by {@link #nowMillis()}, or {@link #NO_DEADLINE}; null = it is gone. */
    List<@Nullable Long> deadlines(List<byte[]> keys);

    /** Bytes that entries take, as the store counts them; null = it is gone. */
    List<@Nullable Long> sizes(List<byte[]> keys);

    /** Whether it is a snapshot, whose entries are of an earlier time and which nobody changes. */
    default boolean isSnapshot() {
        return false;
    }

    /** Whether it tells deadlines to the millisecond, rather than what is left when it is asked. */
    default boolean knowsDeadlines() {
        return false;
    }

    /** Why reading values now would change what the store evicts later; null = it would not. */
    default @Nullable String evictsByAccess() {
        return null;
    }

    @Override
    void close();
}
