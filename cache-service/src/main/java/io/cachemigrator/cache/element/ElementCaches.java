package io.cachemigrator.cache.element;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches of elements by name, as an {@code ehcache.xml} declares them. There is one for each name of caches in a process, and one for
 * all files that give no name. Thread-safe.
 */
public final class ElementCaches {
    private static final String UNNAMED = "__DEFAULT__";
    private static final Map<String, ElementCaches> KNOWN = new HashMap<>();
    private static @Nullable ElementCaches singleton;

    private final Map<String, ElementCache> caches = new LinkedHashMap<>();
    private final String name;
    private final @Nullable ElementCacheConfig template;
    private boolean alive = true;

    /** As {@code ehcache.xml} on the class path says. */
    public ElementCaches() {
        this(onClassPath());
    }

    /** As a file says. */
    public ElementCaches(String file) {
        this(inFile(file));
    }

    /** As the file at an address says. */
    public ElementCaches(URL address) {
        this(at(address));
    }

    /** As a text says; the stream stays open. */
    public ElementCaches(InputStream text) {
        this(ElementXml.read(text, "of a stream"));
    }

    private ElementCaches(ElementXml declared) {
        this.name = declared.name() == null ? UNNAMED : declared.name();
        this.template = declared.template();
        declared.caches().forEach(config -> addCache(new MemoryElementCache(config)));
        synchronized (KNOWN) {
            if (KNOWN.containsKey(name)) {
                throw new ElementCacheException(
                        "There are caches named '" + name
                                + "' in this process. Give the new ones another name, use the old ones, or shut them down first.");
            }
            KNOWN.put(name, this);
        }
    }

    private static ElementXml onClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        URL found = context == null ? null : context.getResource("ehcache.xml");
        URL file = found == null ? ElementCaches.class.getResource("/ehcache.xml") : found;
        if (file == null) {
            throw new ElementCacheException(
                    "There is no ehcache.xml on the class path. Put one there, or name the file to read.");
        }
        return at(file);
    }

    private static ElementXml inFile(String file) {
        try (InputStream input = Files.newInputStream(Path.of(file))) {
            return ElementXml.read(input, "'" + file + "'");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ElementXml at(URL address) {
        try (InputStream input = address.openStream()) {
            return ElementXml.read(input, "'" + address.getPath() + "'");
        } catch (IOException e) {
            throw unreadable(address.getPath(), e);
        }
    }

    private static ElementCacheException unreadable(String what, IOException cause) {
        return new ElementCacheException(
                "The configuration '" + what + "' cannot be read. Check that it is there and readable.", cause);
    }

    /** The one for the whole process, made as {@code ehcache.xml} on the class path says when there is none. */
    public static ElementCaches create() {
        return single(ElementCaches::onClassPath);
    }

    /** The same as {@link #create()}. */
    public static ElementCaches getInstance() {
        return create();
    }

    /** The one for the whole process, made as a file says when there is none. */
    public static ElementCaches create(String file) {
        return single(() -> inFile(file));
    }

    /** The one for the whole process, made as the file at an address says when there is none. */
    public static ElementCaches create(URL address) {
        return single(() -> at(address));
    }

    /** The one for the whole process, made as a text says when there is none. */
    public static ElementCaches create(InputStream text) {
        return single(() -> ElementXml.read(text, "of a stream"));
    }

    private static ElementCaches single(Supplier<ElementXml> read) {
        synchronized (KNOWN) {
            ElementCaches there = singleton;
            if (there == null) {
                there = known(read.get());
                singleton = there;
            }
            return there;
        }
    }

    /** Those of the name that {@code ehcache.xml} on the class path gives, made when there are none. */
    public static ElementCaches newInstance() {
        return known(onClassPath());
    }

    /** Those of the name that a file gives, made when there are none. */
    public static ElementCaches newInstance(String file) {
        return known(inFile(file));
    }

    /** Those of the name that the file at an address gives, made when there are none. */
    public static ElementCaches newInstance(URL address) {
        return known(at(address));
    }

    /** Those of the name that a text gives, made when there are none. */
    public static ElementCaches newInstance(InputStream text) {
        return known(ElementXml.read(text, "of a stream"));
    }

    private static ElementCaches known(ElementXml declared) {
        synchronized (KNOWN) {
            ElementCaches there = KNOWN.get(declared.name() == null ? UNNAMED : declared.name());
            return there == null ? new ElementCaches(declared) : there;
        }
    }

    /** The name that the configuration gives. */
    public String getName() {
        return name;
    }

    private void checkAlive() {
        if (!alive) {
            throw new IllegalStateException(
                    "The caches named '" + name + "' were shut down. Make new ones, or shut down later.");
        }
    }

    /** A cache; null when there is none of that name. */
    public synchronized @Nullable MemoryElementCache getCache(String cacheName) {
        return getEhcache(cacheName) instanceof MemoryElementCache cache ? cache : null;
    }

    /** A cache; null when there is none of that name. */
    public synchronized @Nullable ElementCache getEhcache(String cacheName) {
        checkAlive();
        return caches.get(cacheName);
    }

    /** Whether there is a cache of a name. */
    public synchronized boolean cacheExists(String cacheName) {
        checkAlive();
        return caches.containsKey(cacheName);
    }

    /** Names of all caches. */
    public synchronized String[] getCacheNames() {
        checkAlive();
        return caches.keySet().toArray(String[]::new);
    }

    /**
     * Makes a cache as {@code defaultCache} says. Does nothing for null and for an empty name.
     *
     * @throws ElementCacheExistsException when there is one of that name
     * @throws ElementCacheException when the configuration has no {@code defaultCache}
     */
    public synchronized void addCache(@Nullable String cacheName) {
        checkAlive();
        if (cacheName != null && !cacheName.isEmpty()) {
            add(make(cacheName));
        }
    }

    /**
     * Takes a new cache. Does nothing for null.
     *
     * @throws ElementCacheExistsException when there is one of that name
     * @throws ElementCacheException when the cache was added before
     */
    public synchronized void addCache(@Nullable MemoryElementCache cache) {
        checkAlive();
        if (cache != null) {
            add(cache);
        }
    }

    private MemoryElementCache make(String cacheName) {
        if (template == null) {
            throw new ElementCacheException("The configuration has no defaultCache, so the cache '" + cacheName
                    + "' cannot be made by its name. Add a defaultCache, or give the cache.");
        }
        return new MemoryElementCache(template.copy(cacheName));
    }

    private void add(MemoryElementCache cache) {
        if (caches.containsKey(cache.getName())) {
            throw new ElementCacheExistsException(
                    "There is a cache '" + cache.getName() + "'. Choose another name, or use that one.");
        }
        cache.begin();
        caches.put(cache.getName(), cache);
    }

    /** The cache of a name, made as {@code defaultCache} says when there is none; null for null and for an empty name. */
    public synchronized @Nullable ElementCache addCacheIfAbsent(@Nullable String cacheName) {
        checkAlive();
        if (cacheName == null || cacheName.isEmpty()) {
            return null;
        }
        if (!caches.containsKey(cacheName)) {
            add(make(cacheName));
        }
        return caches.get(cacheName);
    }

    /** Removes a cache and ends it, if there is one of that name. */
    public synchronized void removeCache(@Nullable String cacheName) {
        checkAlive();
        ElementCache cache = cacheName == null ? null : caches.remove(cacheName);
        if (cache != null) {
            cache.dispose();
        }
    }

    /** Removes all caches and ends them. */
    public synchronized void removeAllCaches() {
        for (String cache : getCacheNames()) {
            removeCache(cache);
        }
    }

    /** The older name of {@link #removeAllCaches}. */
    public void removalAll() {
        removeAllCaches();
    }

    /** Removes the elements of all caches. */
    public synchronized void clearAll() {
        checkAlive();
        List.copyOf(caches.values()).forEach(ElementCache::removeAll);
    }

    /** Removes the elements of all caches whose name begins with something; of none for null and an empty text. */
    public synchronized void clearAllStartingWith(@Nullable String prefix) {
        if (prefix != null && !prefix.isEmpty()) {
            caches.forEach((cacheName, cache) -> {
                if (cacheName.startsWith(prefix)) {
                    cache.removeAll();
                }
            });
        }
    }

    /** Ends all caches. Does nothing the second time. */
    public void shutdown() {
        synchronized (KNOWN) {
            KNOWN.remove(name, this);
            singleton = singleton == this ? null : singleton;
        }
        synchronized (this) {
            if (alive) {
                removeAllCaches();
                alive = false;
            }
        }
    }
}
