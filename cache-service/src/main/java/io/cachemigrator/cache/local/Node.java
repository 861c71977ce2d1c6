package io.cachemigrator.cache.local;

import org.jspecify.annotations.Nullable;

/** An entry of a segment, in its lists. Guarded by the segment's lock. */
final class Node<V> {
    final Object key;
    Object value;
    int weight;
    long accessed;
    long written;
    final Link<V> byAccess = new Link<>(this);
    final Link<V> byWrite = new Link<>(this);

    Node(Object key, Object value) {
        this.key = key;
        this.value = value;
    }

    /** A place in a list. */
    static final class Link<V> {
        private final @Nullable Node<V> node;
        private Link<V> before = this;
        private Link<V> after = this;

        private Link(@Nullable Node<V> node) {
            this.node = node;
        }

        /** A list without nodes. */
        static <V> Link<V> list() {
            return new Link<>(null);
        }

        /** The node in the list that moved longest ago; null when there is none. */
        @Nullable
        Node<V> first() {
            return after.node;
        }

        /** The node after one. */
        @Nullable
        Node<V> next() {
            return after.node;
        }

        /** Moves a place to the end of this list. */
        void moveToEnd(Link<V> place) {
            place.leave();
            place.before = before;
            place.after = this;
            before.after = place;
            before = place;
        }

        /** Leaves the list it is in. */
        void leave() {
            before.after = after;
            after.before = before;
            before = this;
            after = this;
        }
    }
}
