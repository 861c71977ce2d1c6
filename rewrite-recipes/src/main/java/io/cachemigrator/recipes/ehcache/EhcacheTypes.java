package io.cachemigrator.recipes.ehcache;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** The types of Ehcache 2, what takes the place of each, and which of their members that has. */
final class EhcacheTypes {
    static final String EHCACHE = "net.sf.ehcache.";
    static final String NEW = "io.cachemigrator.cache.element.";
    static final String CACHE = EHCACHE + "Cache";
    static final String ELEMENT = EHCACHE + "Element";
    static final String MANAGER = EHCACHE + "CacheManager";
    static final String EXCEPTION = EHCACHE + "CacheException";
    static final String EXISTS = EHCACHE + "ObjectExistsException";
    static final String EVICTION = EHCACHE + "store.MemoryStoreEvictionPolicy";

    private static final String CONFIG = EHCACHE + "config.CacheConfiguration";
    private static final Map<String, String> RENAMES = renamed();
    private static final Map<String, Set<String>> MEMBERS = members();

    private EhcacheTypes() {}

    private static Map<String, String> renamed() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(EHCACHE + "Ehcache", NEW + "ElementCache");
        names.put(CACHE, NEW + "MemoryElementCache");
        names.put(ELEMENT, NEW + "CacheElement");
        names.put(MANAGER, NEW + "ElementCaches");
        names.put(CONFIG, NEW + "ElementCacheConfig");
        names.put(EVICTION, NEW + "ElementEviction");
        names.put(EHCACHE + "statistics.StatisticsGateway", NEW + "ElementCacheStatistics");
        names.put(EXCEPTION, NEW + "ElementCacheException");
        names.put(EXISTS, NEW + "ElementCacheExistsException");
        return names;
    }

    /** New names by old ones. */
    static Map<String, String> renames() {
        return RENAMES;
    }

    private static Set<String> list(String text) {
        return Stream.of(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Set<String>> members() {
        Set<String> cache = list("""
                getName() getCacheConfiguration() put(Element) putAll(Collection) putQuiet(Element) putIfAbsent(Element)
                replace(Element) replace(Element,Element) get(Object) getQuiet(Object) getAll(Collection) getKeys()
                getKeysNoDuplicateCheck() getKeysWithExpiryCheck() isKeyInCache(Object) isValueInCache(Object)
                isElementInMemory(Object) isExpired(Element) remove(Object) removeQuiet(Object) removeElement(Element)
                removeAll() removeAll(Collection) flush() evictExpiredElements() getSize() getMemoryStoreSize()
                getStatistics() dispose() <init>(CacheConfiguration) <init>(String,int,boolean,boolean,long,long)
                """);
        Set<String> element = list("""
                <init>(Object,Object) <init>(Object,Object,long) <init>(Object,Object,int,int)
                <init>(Object,Object,boolean) <init>(Object,Object,long,long,long,long,long) getObjectKey()
                getObjectValue() getKey() getValue() isSerializable() isKeySerializable() getVersion() setVersion(long)
                getCreationTime() getLastAccessTime() getLastUpdateTime() getLatestOfCreationAndUpdateTime()
                getHitCount() resetAccessStatistics() updateAccessStatistics() updateUpdateStatistics() getTimeToLive()
                setTimeToLive(int) getTimeToIdle() setTimeToIdle(int) isEternal() setEternal(boolean) isLifespanSet()
                usesCacheDefaultLifespan() isExpired() isExpired(CacheConfiguration) getExpirationTime() equals(Object)
                hashCode()
                """);
        Set<String> manager = list("""
                <init>() <init>(String) <init>(URL) <init>(InputStream) create() create(String) create(URL)
                create(InputStream) getInstance() newInstance() newInstance(String) newInstance(URL)
                newInstance(InputStream) getName() getCache(String) getEhcache(String) cacheExists(String)
                getCacheNames() addCache(String) addCache(Cache) addCacheIfAbsent(String) removeCache(String)
                removeAllCaches() removalAll() clearAll() clearAllStartingWith(String) shutdown()
                """);
        Set<String> config = list("""
                <init>() <init>(String,int) getName() setName(String) name(String) getMaxEntriesLocalHeap()
                setMaxEntriesLocalHeap(long) maxEntriesLocalHeap(int) getMaxElementsInMemory()
                setMaxElementsInMemory(int) maxElementsInMemory(int) isEternal() setEternal(boolean) eternal(boolean)
                getTimeToIdleSeconds() setTimeToIdleSeconds(long) timeToIdleSeconds(long) getTimeToLiveSeconds()
                setTimeToLiveSeconds(long) timeToLiveSeconds(long) isClearOnFlush() setClearOnFlush(boolean)
                clearOnFlush(boolean) getMemoryStoreEvictionPolicy() setMemoryStoreEvictionPolicy(String)
                memoryStoreEvictionPolicy(String) memoryStoreEvictionPolicy(MemoryStoreEvictionPolicy)
                setMemoryStoreEvictionPolicyFromObject(MemoryStoreEvictionPolicy)
                """);
        Set<String> statistics = list("""
                getAssociatedCacheName() getSize() getLocalHeapSize() cacheHitCount() cacheMissCount()
                cacheMissNotFoundCount() cacheMissExpiredCount()
                """);
        Set<String> failures = list("<init>(String) <init>(String,Throwable)");
        Map<String, Set<String>> members = new LinkedHashMap<>();
        members.put(EHCACHE + "Ehcache", cache);
        members.put(CACHE, cache);
        members.put(ELEMENT, element);
        members.put(MANAGER, manager);
        members.put(CONFIG, config);
        members.put(EVICTION, list("fromString(String) toString()"));
        members.put(EHCACHE + "statistics.StatisticsGateway", statistics);
        members.put(EXCEPTION, failures);
        members.put(EXISTS, list("<init>(String)"));
        return members;
    }

    /** Members that the replacement has too, by the full name of the old type; written with simple names of old types. */
    static Map<String, Set<String>> known() {
        return MEMBERS;
    }

    /** Whether the replacement of a type has a method or constructor too. */
    static boolean has(String owner, JavaType.Method method) {
        return MEMBERS.getOrDefault(owner, Set.of()).contains(signature(method));
    }

    private static String signature(JavaType.Method method) {
        List<String> parameters =
                method.getParameterTypes().stream().map(EhcacheTypes::simple).toList();
        String name = method.isConstructor() ? "<init>" : method.getName();
        return name + "(" + String.join(",", parameters) + ")";
    }

    /** An object where the old type has a method for serializable objects besides. */
    private static String simple(JavaType type) {
        if (type instanceof JavaType.Primitive primitive) {
            return primitive == JavaType.Primitive.String ? "String" : primitive.getKeyword();
        }
        JavaType.FullyQualified qualified = TypeUtils.asFullyQualified(type);
        String name = qualified == null ? "Object" : qualified.getClassName();
        return name.equals("Serializable") ? "Object" : name;
    }
}
