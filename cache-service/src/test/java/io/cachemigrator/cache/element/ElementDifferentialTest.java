package io.cachemigrator.cache.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same operations on Ehcache 2 and on the cache in its place have the same outcomes. */
@Tag("REC-1")
@Tag("REC-3")
class ElementDifferentialTest {
    private static final int OPERATIONS = 3_000;
    private static final long HOUR = 3_600_000;

    /** Which elements are looked at before one with the value depends on their order, which is nobody's promise. */
    private static final String ABSENT = "absent";

    private CacheManager oldCaches;
    private ElementCaches newCaches;
    private Cache old;
    private MemoryElementCache now;

    @BeforeEach
    void open() {
        String xml = """
                <ehcache name="differential" updateCheck="false">
                  <cache name="eternal" maxEntriesLocalHeap="10000" eternal="true"/>
                  <cache name="timed" maxEntriesLocalHeap="10000" timeToLiveSeconds="7200" timeToIdleSeconds="0"/>
                  <cache name="idle" maxElementsInMemory="10000" timeToLiveSeconds="86400" timeToIdleSeconds="600"/>
                </ehcache>
                """;
        oldCaches = new CacheManager(stream(xml));
        newCaches = new ElementCaches(stream(xml));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        oldCaches.shutdown();
        newCaches.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eternal", "timed", "idle"})
    void operations_inAnyOrder_giveWhatEhcacheGives(String name) {
        for (long seed = 1; seed <= 5; seed++) {
            old = oldCaches.getCache(name);
            now = newCaches.getCache(name);
            old.removeAll();
            now.removeAll();
            Random random = new Random(seed);
            for (int i = 0; i < OPERATIONS; i++) {
                step(random, name + " seed " + seed + " step " + i);
            }
        }
        assertThat(now.getStatistics().cacheHitCount())
                .isPositive()
                .isEqualTo(old.getStatistics().cacheHitCount());
        assertThat(now.getStatistics().cacheMissNotFoundCount())
                .isEqualTo(old.getStatistics().cacheMissNotFoundCount());
        assertThat(now.getStatistics().cacheMissExpiredCount())
                .isEqualTo(old.getStatistics().cacheMissExpiredCount());
        for (Object value : new Object[] {"v0", "v1", "v2", "v3", null}) {
            assertThat(now.isValueInCache(value)).isEqualTo(old.isValueInCache(value));
        }
    }

    private void step(Random random, String where) {
        int operation = random.nextInt(22);
        String key = random.nextInt(40) == 0 ? null : "k" + random.nextInt(12);
        Object value = random.nextInt(15) == 0 ? null : "v" + random.nextInt(4);
        int life = random.nextInt(6);
        Object before = outcome(() -> ofOld(operation, key, value, life));
        Object after = outcome(() -> ofNew(operation, key, value, life));
        assertThat(after).as("%s, operation %d on %s", where, operation, key).isEqualTo(before);
        assertThat(outcome(() -> now.getSize())).as(where).isEqualTo(outcome(() -> old.getSize()));
    }

    /** What an operation gives, or the kind of its failure. */
    private static @Nullable Object outcome(Callable<@Nullable Object> operation) {
        try {
            return operation.call();
        } catch (Exception failure) {
            return "throws " + failure.getClass().getSimpleName();
        }
    }

    private static Element made(@Nullable String key, @Nullable Object value, int life) {
        Element element = new Element(key, value, 1, System.currentTimeMillis() - HOUR, 0, 0, 0);
        switch (life) {
            case 1 -> element.setTimeToLive(60);
            case 2 -> element.setTimeToLive(7200);
            case 3 -> element.setEternal(true);
            case 4 -> element.setTimeToIdle(60);
            default -> {}
        }
        return element;
    }

    private static CacheElement makes(@Nullable String key, @Nullable Object value, int life) {
        CacheElement element = new CacheElement(key, value, 1, System.currentTimeMillis() - HOUR, 0, 0, 0);
        switch (life) {
            case 1 -> element.setTimeToLive(60);
            case 2 -> element.setTimeToLive(7200);
            case 3 -> element.setEternal(true);
            case 4 -> element.setTimeToIdle(60);
            default -> {}
        }
        return element;
    }

    private @Nullable Object ofOld(int operation, @Nullable String key, @Nullable Object value, int life) {
        Element element = made(key, value, life);
        switch (operation) {
            case 0, 1, 2 -> old.put(element);
            case 3 -> old.putQuiet(element);
            case 4 -> old.putAll(List.of(element));
            case 14 -> old.removeAll(List.of("k1", "k2"));
            case 15 -> old.evictExpiredElements();
            case 16 -> runIf(life == 0, old::removeAll);
            case 17 -> runIf(life == 0, old::flush);
            default -> {
                return asked(operation, key, element);
            }
        }
        return text(element);
    }

    private @Nullable Object ofNew(int operation, @Nullable String key, @Nullable Object value, int life) {
        CacheElement element = makes(key, value, life);
        switch (operation) {
            case 0, 1, 2 -> now.put(element);
            case 3 -> now.putQuiet(element);
            case 4 -> now.putAll(List.of(element));
            case 14 -> now.removeAll(List.of("k1", "k2"));
            case 15 -> now.evictExpiredElements();
            case 16 -> runIf(life == 0, now::removeAll);
            case 17 -> runIf(life == 0, now::flush);
            default -> {
                return asks(operation, key, element);
            }
        }
        return text(element);
    }

    private static void runIf(boolean runs, Runnable work) {
        if (runs) {
            work.run();
        }
    }

    private @Nullable Object asked(int operation, @Nullable String key, Element element) {
        return switch (operation) {
            case 5 -> text(old.putIfAbsent(element));
            case 6 -> text(old.replace(element));
            case 7 -> old.replace(new Element(key, "v1"), element);
            case 8 -> old.remove(key);
            case 9 -> old.removeElement(element);
            case 10 -> old.isKeyInCache(key);
            case 11 -> old.isValueInCache(ABSENT);
            case 12 -> new TreeSet<Object>(old.getKeys());
            case 13 -> new TreeSet<Object>(old.getKeysWithExpiryCheck());
            case 18 -> {
                Map<Object, String> all = new TreeMap<>();
                old.getAll(List.of("k1", "k3", "k5")).forEach((it, found) -> all.put(it, text(found)));
                yield all;
            }
            case 19 -> text(old.getQuiet(key));
            default -> text(old.get(key));
        };
    }

    private @Nullable Object asks(int operation, @Nullable String key, CacheElement element) {
        return switch (operation) {
            case 5 -> text(now.putIfAbsent(element));
            case 6 -> text(now.replace(element));
            case 7 -> now.replace(new CacheElement(key, "v1"), element);
            case 8 -> now.remove(key);
            case 9 -> now.removeElement(element);
            case 10 -> now.isKeyInCache(key);
            case 11 -> now.isValueInCache(ABSENT);
            case 12 -> new TreeSet<>(now.getKeys());
            case 13 -> new TreeSet<>(now.getKeysWithExpiryCheck());
            case 18 -> {
                Map<Object, String> all = new TreeMap<>();
                now.getAll(List.of("k1", "k3", "k5")).forEach((it, found) -> all.put(it, text(found)));
                yield all;
            }
            case 19 -> text(now.getQuiet(key));
            default -> text(now.get(key));
        };
    }

    private static String text(@Nullable Element it) {
        if (it == null) {
            return "none";
        }
        List<Object> parts = new ArrayList<>();
        parts.add(it.getObjectKey());
        parts.add(it.getObjectValue());
        parts.addAll(List.of(it.getHitCount(), it.getTimeToLive(), it.getTimeToIdle(), it.isEternal()));
        parts.addAll(List.of(it.isLifespanSet(), it.usesCacheDefaultLifespan(), it.getLastUpdateTime() > 0));
        parts.addAll(List.of(it.getLastAccessTime() > 0, it.isExpired(), it.getVersion()));
        return parts.toString();
    }

    private static String text(@Nullable CacheElement it) {
        if (it == null) {
            return "none";
        }
        List<Object> parts = new ArrayList<>();
        parts.add(it.getObjectKey());
        parts.add(it.getObjectValue());
        parts.addAll(List.of(it.getHitCount(), it.getTimeToLive(), it.getTimeToIdle(), it.isEternal()));
        parts.addAll(List.of(it.isLifespanSet(), it.usesCacheDefaultLifespan(), it.getLastUpdateTime() > 0));
        parts.addAll(List.of(it.getLastAccessTime() > 0, it.isExpired(), it.getVersion()));
        return parts.toString();
    }
}
