package io.cachemigrator.cache.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches as an {@code ehcache.xml} declares them. */
@Tag("REC-1")
@Tag("REC-3")
class ElementCachesTest {
    private static final String XML = """
            <ehcache name="elements" updateCheck="false">
              <diskStore path="java.io.tmpdir"/>
              <defaultCache maxEntriesLocalHeap="3" eternal="true" overflowToDisk="false"/>
              <cache name="users" maxElementsInMemory="5" timeToLiveSeconds="60" timeToIdleSeconds="30"
                     memoryStoreEvictionPolicy="FIFO"><persistence strategy="none"/></cache>
            </ehcache>
            """;

    private ElementCaches caches;

    static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void open() {
        caches = new ElementCaches(stream(XML));
    }

    @AfterEach
    void close() {
        caches.shutdown();
    }

    @Test
    void declared_caches_haveTheirSettings() {
        ElementCacheConfig config = caches.getCache("users").getCacheConfiguration();

        assertThat(config.getMaxEntriesLocalHeap()).isEqualTo(5);
        assertThat(config.getTimeToLiveSeconds()).isEqualTo(60);
        assertThat(config.getTimeToIdleSeconds()).isEqualTo(30);
        assertThat(config.getMemoryStoreEvictionPolicy()).isEqualTo(ElementEviction.FIFO);
        assertThat(caches.getCacheNames()).containsExactly("users");
        assertThat(caches.getCache("other")).isNull();
    }

    @Test
    void addCache_byName_isLikeTheDefault() {
        caches.addCache("more");

        assertThat(caches.getEhcache("more").getCacheConfiguration().isEternal())
                .isTrue();
        assertThat(caches.addCacheIfAbsent("more")).isSameAs(caches.getCache("more"));
        assertThatThrownBy(() -> caches.addCache("more")).isInstanceOf(ElementCacheExistsException.class);
    }

    @Test
    void caches_ofAName_areThereOnce() {
        assertThatThrownBy(() -> new ElementCaches(stream(XML)))
                .isInstanceOf(ElementCacheException.class)
                .hasMessageContaining("elements");
        assertThat(ElementCaches.newInstance(stream(XML))).isSameAs(caches);
    }

    @Test
    void shutdown_endsCaches() {
        MemoryElementCache users = caches.getCache("users");
        users.put(new CacheElement("k", "v"));
        caches.clearAll();
        assertThat(users.getSize()).isZero();
        caches.shutdown();

        assertThatThrownBy(() -> users.get("k")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> caches.getCache("users")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void newInstance_ofAFile_readsIt(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("mine.xml");
        Files.writeString(file, XML.replace("\"elements\"", "\"of a file\""));

        ElementCaches read = ElementCaches.newInstance(file.toString());
        try {
            assertThat(read.getName()).isEqualTo("of a file");
            assertThat(read.cacheExists("users")).isTrue();
        } finally {
            read.shutdown();
        }
        assertThatThrownBy(() ->
                        ElementCaches.newInstance(directory.resolve("none.xml").toString()))
                .isInstanceOf(ElementCacheException.class)
                .hasMessageContaining("none.xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ehcache><cache name='c' overflowToDisk='true'/></ehcache>",
                "<ehcache><cache name='c' maxBytesLocalHeap='10M'/></ehcache>",
                "<ehcache><cache name='c' timeToLiveSeconds='${ttl}'/></ehcache>",
                "<ehcache><cache name='c' timeToLiveSeconds='long'/></ehcache>",
                "<ehcache><cache name='c'><persistence strategy='localTempSwap'/></cache></ehcache>",
                "<ehcache><cache name='c'><cacheEventListenerFactory class='a.B'/></cache></ehcache>",
                "<ehcache><cache eternal='true'/></ehcache>",
                "<ehcache><cache name='c' timeToIdleSeconds='-1'/></ehcache>",
                "<ehcache><cache name='c' memoryStoreEvictionPolicy='CLOCK'/></ehcache>",
                "<ehcache><terracottaConfig url='here'/></ehcache>",
                "<ehcache maxBytesLocalHeap='1G'/>",
                "<ehcache dynamicConfig='false'/>",
                "<other/>",
                "<ehcache>",
                "<!DOCTYPE ehcache [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><ehcache name='&x;'/>"
            })
    void read_whatCannotBeKept_isRefused(String xml) {
        assertThatThrownBy(() -> new ElementCaches(stream(xml)))
                .isInstanceOf(ElementCacheException.class)
                .hasMessageContaining("of a stream");
    }

    @ParameterizedTest
    @EnumSource(ElementEviction.class)
    void put_intoAFullCache_keepsTheBound(ElementEviction eviction) {
        MemoryElementCache cache =
                new MemoryElementCache(new ElementCacheConfig("small", 3).memoryStoreEvictionPolicy(eviction));
        caches.addCache(cache);
        for (String key : new String[] {"a", "b", "c"}) {
            cache.put(new CacheElement(key, key));
        }
        cache.get("a");
        cache.get("c");
        cache.put(new CacheElement("d", "d"));

        assertThat(cache.getKeys())
                .containsExactlyInAnyOrder(
                        eviction == ElementEviction.FIFO ? new Object[] {"b", "c", "d"} : new Object[] {"a", "c", "d"});
    }

    @ParameterizedTest
    @CsvSource({"lru, LRU", "LFU, LFU", "fifo, FIFO", "else, LRU"})
    void eviction_ofAName_isFound(String name, ElementEviction found) {
        assertThat(ElementEviction.fromString(name)).isEqualTo(found);
    }

    @Test
    void use_beforeACacheIsAdded_isRefused() {
        MemoryElementCache cache = new MemoryElementCache("alone", 3, false, true, 0, 0);

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("alone");
        assertThatThrownBy(() -> new MemoryElementCache("disk", 3, true, true, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keyAndValue_thatAreNotSerializable_areGivenAsObjects() {
        CacheElement element = new CacheElement(new Object(), new Object());

        assertThat(element.isSerializable()).isFalse();
        assertThatThrownBy(element::getValue)
                .isInstanceOf(ElementCacheException.class)
                .hasMessageContaining("getObjectValue");
    }
}
