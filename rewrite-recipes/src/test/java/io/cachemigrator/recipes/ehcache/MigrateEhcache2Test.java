package io.cachemigrator.recipes.ehcache;

import static io.cachemigrator.recipes.ehcache.EhcacheApi.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.openrewrite.java.Assertions.java;
import static org.openrewrite.test.SourceSpecs.text;

import io.cachemigrator.cache.element.CacheElement;
import io.cachemigrator.cache.element.ElementCache;
import io.cachemigrator.cache.element.ElementCacheConfig;
import io.cachemigrator.cache.element.ElementCacheException;
import io.cachemigrator.cache.element.ElementCacheExistsException;
import io.cachemigrator.cache.element.ElementCacheStatistics;
import io.cachemigrator.cache.element.ElementCaches;
import io.cachemigrator.cache.element.ElementEviction;
import io.cachemigrator.cache.element.MemoryElementCache;
import io.cachemigrator.recipes.services.LegacyCallSites;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.SourceSpecs;

/** Before and after, compiled against both the real Ehcache and the real new caches. */
@Tag("REC-1")
@Tag("REC-3")
class MigrateEhcache2Test implements RewriteTest {
    private static final List<Class<?>> NEW = List.of(
            ElementCache.class,
            MemoryElementCache.class,
            CacheElement.class,
            ElementCaches.class,
            ElementCacheConfig.class,
            ElementEviction.class,
            ElementCacheStatistics.class,
            ElementCacheException.class,
            ElementCacheExistsException.class);
    private static final Map<String, String> NAMES = Map.of(
            "ElementCache", "Ehcache",
            "MemoryElementCache", "Cache",
            "CacheElement", "Element",
            "ElementCacheConfig", "CacheConfiguration",
            "ElementEviction", "MemoryStoreEvictionPolicy");
    private static final String XML =
            "<ehcache updateCheck=\"false\"><cache name=\"users\" eternal=\"true\" maxEntriesLocalHeap=\"9\"/></ehcache>";

    @Override
    public void defaults(RecipeSpec spec) {
        EhcacheApi.with(spec, new MigrateEhcache2());
    }

    private static SourceSpecs xml(String content) {
        return text(content, spec -> spec.path("src/main/resources/ehcache.xml"));
    }

    @Test
    void rewrite_aCacheOfAnXml_changesItsTypes() {
        String before = """
                import java.util.List;
                import net.sf.ehcache.Cache;
                import net.sf.ehcache.CacheManager;
                import net.sf.ehcache.Element;

                class Users {
                    private final Cache cache = CacheManager.getInstance().getCache("users");

                    Object find(String id) {
                        Element found = cache.get(id);
                        if (found == null) {
                            found = new Element(id, List.of(id));
                            cache.put(found);
                        }
                        return found.getObjectValue();
                    }
                }
                """;
        String after = """
                import io.cachemigrator.cache.element.CacheElement;
                import io.cachemigrator.cache.element.ElementCaches;
                import io.cachemigrator.cache.element.MemoryElementCache;
                import java.util.List;

                class Users {
                    private final MemoryElementCache cache = ElementCaches.getInstance().getCache("users");

                    Object find(String id) {
                        CacheElement found = cache.get(id);
                        if (found == null) {
                            found = new CacheElement(id, List.of(id));
                            cache.put(found);
                        }
                        return found.getObjectValue();
                    }
                }
                """;
        EhcacheApi.compiles(before);
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .containsExactly(
                                        "7 Cache REWRITTEN",
                                        "7 CacheManager.getCache REWRITTEN",
                                        "7 CacheManager.getInstance REWRITTEN",
                                        "10 Cache.get REWRITTEN",
                                        "10 Element REWRITTEN",
                                        "12 Element.<init> REWRITTEN",
                                        "13 Cache.put REWRITTEN",
                                        "15 Element.getObjectValue REWRITTEN")),
                xml(XML),
                java(before, after));
        EhcacheApi.compiles(after);
        rewriteRun(java(after));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<ehcache><cache name='users' overflowToDisk='true'/></ehcache> | XML_FEATURE",
                "<ehcache><cache name='users'><persistence strategy='localTempSwap'/></cache></ehcache> | XML_FEATURE",
                "<ehcache><terracottaConfig url='here'/></ehcache> | XML_FEATURE",
                "<ehcache><broken></ehcache> | XML_FEATURE",
                "<other/> | XML_NOT_FOUND"
            })
    void rewrite_withAnXmlThatCannotBeKept_staysWithItsGroup(String xml, String code) {
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .contains(
                                        "2 CacheManager.create REFUSED " + code,
                                        "2 Cache.getSize REFUSED SHARED_WITH_REFUSED")),
                xml(xml),
                java(
                        "import net.sf.ehcache.*;\npublic class Holder { public static Cache get() { return CacheManager.create().getCache(\"users\"); } }\n"),
                java(
                        "import net.sf.ehcache.*;\nclass User { int size() { Cache cache = Holder.get(); return cache.getSize(); } }\n"));
    }

    @Test
    void rewrite_filesThatShareACacheAndCatchItsFailure_changeTogether() {
        String holder = """
                import net.sf.ehcache.Ehcache;
                import net.sf.ehcache.Element;

                public class Holder {
                    private final Ehcache cache;

                    public Holder(Ehcache cache) {
                        this.cache = cache;
                    }

                    public Element find(Object key) {
                        return cache.getQuiet(key);
                    }
                }
                """;
        String user = """
                import net.sf.ehcache.CacheException;

                class User {
                    Object find(Holder holder) {
                        try {
                            return holder.find("k").getValue();
                        } catch (CacheException e) {
                            return null;
                        }
                    }
                }
                """;
        String holderAfter = renamed(holder);
        String userAfter = renamed(user);
        rewriteRun(java(holder, holderAfter), java(user, userAfter));
        EhcacheApi.compiles(holderAfter, userAfter);
        String locks = holder.replace("return cache", "cache.acquireReadLockOnKey(key); return cache");
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows))
                                .contains(
                                        "12 Ehcache.acquireReadLockOnKey REFUSED KEY_LOCK",
                                        "7 CacheException REFUSED SHARED_WITH_REFUSED")),
                java(locks),
                java(user));
    }

    private static String renamed(String text) {
        return text.replace("net.sf.ehcache.CacheException", "io.cachemigrator.cache.element.ElementCacheException")
                .replace("(CacheException", "(ElementCacheException")
                .replace(
                        "import net.sf.ehcache.Ehcache;\nimport net.sf.ehcache.Element;",
                        "import io.cachemigrator.cache.element.CacheElement;\nimport io.cachemigrator.cache.element.ElementCache;")
                .replace(" Element find", " CacheElement find")
                .replace("Ehcache cache", "ElementCache cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object m(Ehcache c) { return c.get(\"k\"); }",
                "Object m(Ehcache c) { return c.getQuiet(\"k\"); }",
                "void m(Ehcache c) { c.put(new Element(\"k\", 1)); c.putQuiet(new Element(\"k\", 1, 2L)); }",
                "Object m(Ehcache c, Element e) { return c.putIfAbsent(e) == c.replace(e); }",
                "boolean m(Ehcache c, Element e) { return c.replace(e, e) || c.removeElement(e); }",
                "boolean m(Ehcache c) { return c.remove(\"k\") || c.removeQuiet(\"k\"); }",
                "void m(Ehcache c) { c.removeAll(); c.removeAll(java.util.Set.of(1)); }",
                "Object m(Ehcache c) { return c.getAll(java.util.Set.of(1)); }",
                "void m(Ehcache c, Element e) { c.putAll(java.util.List.of(e)); }",
                "boolean m(Ehcache c) { return c.isKeyInCache(\"k\") || c.isValueInCache(1); }",
                "int m(Ehcache c) { return c.getSize() + c.getKeys().size() + c.getKeysWithExpiryCheck().size(); }",
                "long m(Ehcache c) { return c.getStatistics().cacheHitCount(); }",
                "void m(Ehcache c) { c.evictExpiredElements(); c.flush(); c.dispose(); }",
                "Cache m() { return new Cache(\"users\", 10, false, true, 0, 0); }",
                "Cache m() { return new Cache(new CacheConfiguration(\"users\", 10).eternal(true).timeToLiveSeconds(5)); }",
                "Object m(Element e) { return e.getObjectKey(); }",
                "Object m(Element e) { return e.getKey(); }",
                "Object m(Element e) { return e.getValue(); }",
                "boolean m(Element e) { return e.isExpired() || e.isEternal(); }",
                "void m(Element e) { e.setTimeToLive(1); e.setTimeToIdle(1); e.setEternal(true); }",
                "long m(Element e) { return e.getHitCount() + e.getVersion() + e.getCreationTime(); }",
                "Object m(CacheManager m) { return m.getCache(\"c\") == m.getEhcache(\"c\"); }",
                "void m(CacheManager m, Cache c) { m.addCache(c); m.addCache(\"c\"); m.addCacheIfAbsent(\"d\"); }",
                "void m(CacheManager m) { m.removeCache(\"c\"); m.clearAll(); m.shutdown(); }",
                "boolean m(CacheManager m) { return m.cacheExists(\"c\") && m.getCacheNames().length > 0; }",
                "CacheManager m() { return new CacheManager(); }",
                "CacheManager m() { return CacheManager.create(\"/etc/ehcache.xml\"); }",
                "CacheManager m() { return CacheManager.newInstance(getClass().getResource(\"/ehcache.xml\")); }",
                "Object m(CacheConfiguration c) { return c.memoryStoreEvictionPolicy(MemoryStoreEvictionPolicy.LFU); }"
            })
    void rewrite_aMember_isOneOfTheNewType(String member) {
        String before = source(member);
        EhcacheApi.compiles(before);
        String after = new Rewriting(this, xml(XML)).of(before);
        assertThat(after).doesNotContain("sf.ehcache.").contains("io.cachemigrator.cache.element.");
        EhcacheApi.compiles(after);
    }

    private static String source(String member) {
        return """
                import net.sf.ehcache.ALL;
                import net.sf.ehcache.config.ALL;
                import net.sf.ehcache.store.ALL;

                class Shop {
                    %s
                }
                """.formatted(member).replace(".ALL;", ".*;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "void m(Ehcache c) { c.acquireWriteLockOnKey(1); } | Ehcache.acquireWriteLockOnKey | KEY_LOCK",
                "void m(Ehcache c) { c.releaseReadLockOnKey(1); } | Ehcache.releaseReadLockOnKey | KEY_LOCK",
                "void m(Ehcache c) { c.releaseWriteLockOnKey(1); } | Ehcache.releaseWriteLockOnKey | KEY_LOCK",
                "Object m(Ehcache c) { return c.createQuery(); } | Ehcache.createQuery | SEARCH",
                "Object m(Ehcache c) { return c.getCacheEventNotificationService(); } | Ehcache.getCacheEventNotificationService | EVENT_LISTENER",
                "void m(Ehcache c) { c.registerCacheLoader(null); } | Ehcache.registerCacheLoader | CACHE_LOADER",
                "Object m(Ehcache c) { return c.getWithLoader(1, null, null); } | Ehcache.getWithLoader | CACHE_LOADER",
                "void m(Ehcache c) { c.putWithWriter(null); } | Ehcache.putWithWriter | CACHE_WRITER",
                "void m(Ehcache c) { c.setBootstrapCacheLoader(null); } | Ehcache.setBootstrapCacheLoader | BOOTSTRAP",
                "Object m(CacheManager m) { return m.getTransactionController(); } | CacheManager.getTransactionController | TRANSACTION",
                "void m(CacheManager m, Ehcache c) { m.replaceCacheWithDecoratedCache(c, c); } | CacheManager.replaceCacheWithDecoratedCache | DECORATOR",
                "void m(CacheManager m, Ehcache c) { m.addCache(c); } | CacheManager.addCache | NO_COUNTERPART",
                "Cache m(boolean disk) { return new Cache(\"c\", 1, disk, true, 0, 0); } | Cache.<init> | DISK",
                "Object m(CacheConfiguration c) { return c.overflowToDisk(true); } | CacheConfiguration.overflowToDisk | DISK",
                "Object m() { return MemoryStoreEvictionPolicy.CLOCK; } | MemoryStoreEvictionPolicy.CLOCK | NO_COUNTERPART",
                "net.sf.ehcache.constructs.blocking.BlockingCache c; | BlockingCache | DECORATOR",
                "interface L extends net.sf.ehcache.event.CacheEventListener {} | CacheEventListener | EVENT_LISTENER",
                "class S extends Element { S() { super(1, 2); } } | Element | CACHE_SUBCLASS",
                "Object m() { return CacheManager.create(\"other.xml\"); } | CacheManager.create | XML_NOT_FOUND",
                "java.io.Serializable m(Element e) { return e; } | Element | SERIALIZED",
                "String name = \"net.sf.ehcache.Cache\"; | Cache | RAW_REFLECTION"
            })
    void rewrite_whatHasNoCounterpart_staysWithItsReason(String member, String api, String code) {
        EhcacheApi.compiles(source(member));
        rewriteRun(
                spec -> spec.dataTable(
                        LegacyCallSites.Row.class,
                        rows -> assertThat(texts(rows)).contains("6 " + api + " REFUSED " + code)),
                xml(XML),
                java(source(member)));
    }

    static Stream<Class<?>> replacements() {
        return NEW.stream();
    }

    /** What the recipe takes for a member of the new type is one. */
    @ParameterizedTest
    @MethodSource("replacements")
    void members_areThoseOfTheNewType(Class<?> type) {
        Set<String> real = Stream.<Executable>concat(Stream.of(type.getMethods()), Stream.of(type.getConstructors()))
                .map(MigrateEhcache2Test::signature)
                .collect(Collectors.toCollection(TreeSet::new));
        String old = EhcacheTypes.renames().entrySet().stream()
                .filter(it -> it.getValue().equals(type.getName()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        Set<String> listed = new TreeSet<>(EhcacheTypes.known().get(old));
        if (type.isInterface()) {
            listed.removeIf(it -> it.startsWith("<init>"));
        }
        assertThat(listed).isNotEmpty().isSubsetOf(real);
    }

    private static String signature(Executable member) {
        String name = member instanceof java.lang.reflect.Method method ? method.getName() : "<init>";
        return Stream.of(member.getParameterTypes())
                .map(it -> NAMES.getOrDefault(it.getSimpleName(), it.getSimpleName()))
                .collect(Collectors.joining(",", name + "(", ")"));
    }
}
