package io.cachemigrator.migrator.testkit;

import java.util.Map;

/** Cache libraries that are not on the class path of the tests: just so much of their interfaces that code compiles against it. */
public final class CacheLibraries {
    /** Guava's caches. */
    public static final Map<String, String> GUAVA = Map.of(
            "com/google/common/cache/Cache.java",
            """
            package com.google.common.cache;
            public interface Cache<K, V> {
                V getIfPresent(Object key);
                V get(K key, java.util.concurrent.Callable<? extends V> loader) throws java.util.concurrent.ExecutionException;
                void put(K key, V value);
                void invalidate(Object key);
                void invalidateAll();
                java.util.concurrent.ConcurrentMap<K, V> asMap();
            }
            """,
            "com/google/common/cache/LoadingCache.java",
            """
            package com.google.common.cache;
            public interface LoadingCache<K, V> extends Cache<K, V> {
                V get(K key) throws java.util.concurrent.ExecutionException;
                V getUnchecked(K key);
            }
            """,
            "com/google/common/cache/CacheLoader.java",
            """
            package com.google.common.cache;
            public abstract class CacheLoader<K, V> {
                public abstract V load(K key) throws Exception;
            }
            """,
            "com/google/common/cache/ForwardingCache.java",
            """
            package com.google.common.cache;
            public abstract class ForwardingCache<K, V> implements Cache<K, V> {
                protected abstract Cache<K, V> delegate();
                public V getIfPresent(Object key) { return delegate().getIfPresent(key); }
                public V get(K key, java.util.concurrent.Callable<? extends V> loader)
                        throws java.util.concurrent.ExecutionException { return delegate().get(key, loader); }
                public void put(K key, V value) { delegate().put(key, value); }
                public void invalidate(Object key) { delegate().invalidate(key); }
                public void invalidateAll() { delegate().invalidateAll(); }
                public java.util.concurrent.ConcurrentMap<K, V> asMap() { return delegate().asMap(); }
            }
            """,
            "com/google/common/cache/CacheBuilder.java",
            """
            package com.google.common.cache;
            public final class CacheBuilder<K, V> {
                private CacheBuilder() {}
                public static CacheBuilder<Object, Object> newBuilder() { return new CacheBuilder<>(); }
                public CacheBuilder<K, V> maximumSize(long size) { return this; }
                public CacheBuilder<K, V> expireAfterWrite(long time, java.util.concurrent.TimeUnit unit) { return this; }
                public <A extends K, B extends V> Cache<A, B> build() { return null; }
                public <A extends K, B extends V> LoadingCache<A, B> build(CacheLoader<? super A, B> loader) { return null; }
            }
            """);

    /** Ehcache 2. */
    public static final Map<String, String> EHCACHE2 = Map.of(
            "net/sf/ehcache/Ehcache.java",
            """
            package net.sf.ehcache;
            public interface Ehcache {
                Element get(Object key);
                void put(Element element);
                boolean remove(Object key);
            }
            """,
            "net/sf/ehcache/Cache.java",
            """
            package net.sf.ehcache;
            public class Cache implements Ehcache {
                public Cache(net.sf.ehcache.config.CacheConfiguration config) {}
                public Element get(Object key) { return null; }
                public void put(Element element) {}
                public boolean remove(Object key) { return false; }
            }
            """,
            "net/sf/ehcache/Element.java",
            """
            package net.sf.ehcache;
            public class Element {
                public Element(Object key, Object value) {}
                public Object getObjectValue() { return null; }
            }
            """,
            "net/sf/ehcache/CacheManager.java",
            """
            package net.sf.ehcache;
            public class CacheManager {
                public static CacheManager getInstance() { return new CacheManager(); }
                public Cache getCache(String name) { return null; }
                public void shutdown() {}
            }
            """,
            "net/sf/ehcache/config/CacheConfiguration.java",
            """
            package net.sf.ehcache.config;
            public class CacheConfiguration {
                public CacheConfiguration(String name, int size) {}
                public Searchable searchable() { return new Searchable(); }
            }
            """,
            "net/sf/ehcache/config/Searchable.java",
            """
            package net.sf.ehcache.config;
            public class Searchable {
                public void keys(boolean on) {}
            }
            """);

    /** JCache with its annotations. */
    public static final Map<String, String> JCACHE = Map.of(
            "javax/cache/Cache.java",
            """
            package javax.cache;
            public interface Cache<K, V> extends Iterable<Cache.Entry<K, V>>, java.io.Closeable {
                V get(K key);
                void put(K key, V value);
                boolean remove(K key);
                void close();
                interface Entry<K, V> {
                    K getKey();
                }
            }
            """,
            "javax/cache/CacheManager.java",
            """
            package javax.cache;
            public interface CacheManager {
                <K, V> Cache<K, V> getCache(String name);
            }
            """,
            "javax/cache/annotation/CacheResult.java",
            """
            package javax.cache.annotation;
            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) public @interface CacheResult { String cacheName() default ""; }
            """);

    /** The client spymemcached. */
    public static final Map<String, String> SPYMEMCACHED =
            Map.of("net/spy/memcached/MemcachedClient.java", """
            package net.spy.memcached;
            public class MemcachedClient {
                public MemcachedClient(java.net.InetSocketAddress... addresses) {}
                public Object get(String key) { return null; }
                public java.util.concurrent.Future<Boolean> set(String key, int seconds, Object value) { return null; }
                public CASValue<Object> gets(String key) { return null; }
            }
            """, "net/spy/memcached/CASValue.java", """
            package net.spy.memcached;
            public class CASValue<T> {
                public T getValue() { return null; }
            }
            """);

    private CacheLibraries() {}
}
