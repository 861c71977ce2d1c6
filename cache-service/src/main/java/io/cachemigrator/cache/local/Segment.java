package io.cachemigrator.cache.local;

import java.lang.ref.ReferenceQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A part of a cache behind one lock, which its callers hold. What leaves it is told when they have let go. */
final class Segment<K, V> {
    private final LocalPolicy<K, V> policy;
    private final Keys<K> keys;
    private final long maxWeight;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Node<V>> nodes = new HashMap<>();
    private final Map<Object, Load<V>> loads = new HashMap<>();
    private final Node.Link<V> byAccess = Node.Link.list();
    private final Node.Link<V> byWrite = Node.Link.list();
    private final ReferenceQueue<Object> collectedValues = new ReferenceQueue<>();
    private final Deque<RemovalNotification<K, V>> untold = new ArrayDeque<>();
    private long weight;

    Segment(LocalPolicy<K, V> policy, long maxWeight) {
        this.policy = policy;
        this.keys = new Keys<>(policy.weakKeys());
        this.maxWeight = maxWeight;
    }

    void lock() {
        lock.lock();
    }

    /** Lets go, and tells the listener what left. */
    void unlock() {
        List<RemovalNotification<K, V>> left = List.of();
        if (!untold.isEmpty()) {
            left = new ArrayList<>(untold);
            untold.clear();
        }
        lock.unlock();
        left.forEach(policy::tell);
    }

    /** The live node of a key; null when there is none. */
    @Nullable
    Node<V> live(Object key, long now) {
        Node<V> node = nodes.get(keys.sought(key));
        if (node == null) {
            return null;
        }
        if (valueIn(node) == null) {
            tidy(now);
            return null;
        }
        if (policy.isExpired(node, now)) {
            expire(now);
            return null;
        }
        return node;
    }

    /** The value of a node; null when it was collected. */
    @SuppressWarnings("unchecked") // only values are stored there
    private @Nullable V valueIn(Node<V> node) {
        return (V) policy.values().value(node.value);
    }

    V valueOf(Node<V> node) {
        V value = valueIn(node);
        if (value == null) {
            throw new IllegalStateException("a live entry lost its value while it was looked at");
        }
        return value;
    }

    /** The value of a live node, which counts as an access. */
    @Nullable
    V read(Object key, long now) {
        Node<V> node = live(key, now);
        V value = node == null ? null : valueIn(node);
        if (node != null && value != null) {
            accessed(node, now);
        }
        return value;
    }

    private void accessed(Node<V> node, long now) {
        node.accessed = now;
        byAccess.moveToEnd(node.byAccess);
    }

    /** Stores a value and gives the one that was there. */
    @Nullable
    V put(K key, V value, long now, boolean ifAbsent) {
        tidy(now);
        Object sought = keys.sought(key);
        Node<V> node = nodes.get(sought);
        V old = node == null ? null : valueIn(node);
        if (node != null && old != null && ifAbsent) {
            accessed(node, now);
            return old;
        }
        Load<V> load = loads.get(sought);
        if (load != null) {
            load.overtaken = true;
        }
        store(key, value, now, node, old);
        return old;
    }

    /** Stores what a load gave, unless somebody stored another value meanwhile. */
    void loaded(K key, V value, Load<V> load, long now) {
        tidy(now);
        loads.remove(keys.sought(key), load);
        if (load.overtaken) {
            removed(key, value, RemovalCause.REPLACED);
            return;
        }
        Node<V> node = nodes.get(keys.sought(key));
        store(key, value, now, node, node == null ? null : valueIn(node));
    }

    private void store(K key, V value, long now, @Nullable Node<V> there, @Nullable V old) {
        int heavy = policy.weigh(key, value);
        Node<V> node = there;
        if (node == null) {
            node = new Node<>(keys.held(key), held(value));
            nodes.put(node.key, node);
        } else {
            removed(keys.key(node.key), old, old == null ? RemovalCause.COLLECTED : RemovalCause.REPLACED);
            weight -= node.weight;
            node.value = held(value);
        }
        node.weight = heavy;
        weight += heavy;
        node.written = now;
        byWrite.moveToEnd(node.byWrite);
        accessed(node, now);
        shrink(node);
    }

    private Object held(V value) {
        return policy.values().held(value, collectedValues);
    }

    /** Makes room: what is too heavy on its own goes first, then what was used longest ago and weighs something. */
    private void shrink(Node<V> newest) {
        if (maxWeight < 0) {
            return;
        }
        if (newest.weight > maxWeight) {
            drop(newest, RemovalCause.SIZE);
        }
        Node<V> oldest = byAccess.first();
        while (weight > maxWeight && oldest != null) {
            Node<V> next = oldest.byAccess.next();
            if (oldest.weight > 0) {
                drop(oldest, RemovalCause.SIZE);
            }
            oldest = next;
        }
    }

    /** Removes an entry and gives its value. */
    @Nullable
    V remove(Object key, long now) {
        tidy(now);
        Node<V> node = nodes.get(keys.sought(key));
        if (node == null) {
            return null;
        }
        V value = valueIn(node);
        drop(node, value == null ? RemovalCause.COLLECTED : RemovalCause.EXPLICIT);
        return value;
    }

    void clear(long now) {
        tidy(now);
        for (Node<V> node : List.copyOf(nodes.values())) {
            boolean there = valueIn(node) != null && keys.key(node.key) != null;
            drop(node, there ? RemovalCause.EXPLICIT : RemovalCause.COLLECTED);
        }
    }

    private void drop(Node<V> node, RemovalCause cause) {
        nodes.remove(node.key, node);
        node.byAccess.leave();
        node.byWrite.leave();
        weight -= node.weight;
        removed(keys.key(node.key), valueIn(node), cause);
    }

    private void removed(@Nullable K key, @Nullable V value, RemovalCause cause) {
        if (cause.wasEvicted()) {
            policy.counts().evicted();
        }
        if (policy.isHeard()) {
            untold.add(RemovalNotification.create(key, value, cause));
        }
    }

    /** Removes what was collected or has expired. */
    void tidy(long now) {
        Object key = keys.nextCollected();
        while (key != null) {
            Node<V> node = nodes.get(key);
            if (node != null) {
                drop(node, RemovalCause.COLLECTED);
            }
            key = keys.nextCollected();
        }
        if (collectedValues.poll() != null) {
            dropCollectedValues();
        }
        expire(now);
    }

    private void dropCollectedValues() {
        while (collectedValues.poll() != null) {
            // each stands for one of the values that are looked for below
        }
        for (Node<V> node : List.copyOf(nodes.values())) {
            if (valueIn(node) == null) {
                drop(node, RemovalCause.COLLECTED);
            }
        }
    }

    private void expire(long now) {
        expire(byWrite, now);
        expire(byAccess, now);
    }

    private void expire(Node.Link<V> list, long now) {
        Node<V> first = list.first();
        while (first != null && policy.isExpired(first, now)) {
            drop(first, RemovalCause.EXPIRED);
            first = list.first();
        }
    }

    /** The load of a key that is under way; null when there is none. */
    @Nullable
    Load<V> loading(Object key) {
        return loads.get(keys.sought(key));
    }

    Load<V> beginLoad(K key) {
        Load<V> load = new Load<>();
        loads.put(keys.held(key), load);
        return load;
    }

    void endLoad(K key, Load<V> load) {
        loads.remove(keys.sought(key), load);
    }

    int size() {
        return nodes.size();
    }

    void forEach(long now, BiConsumer<K, V> what) {
        for (Node<V> node : nodes.values()) {
            K key = keys.key(node.key);
            V value = valueIn(node);
            if (key != null && value != null && !policy.isExpired(node, now)) {
                what.accept(key, value);
            }
        }
    }
}
