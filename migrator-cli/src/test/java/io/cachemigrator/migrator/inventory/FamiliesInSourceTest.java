package io.cachemigrator.migrator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachemigrator.map.LegacyMethod;
import io.cachemigrator.map.MigrationMap;
import io.cachemigrator.migrator.testkit.CacheLibraries;
import io.cachemigrator.migrator.testkit.CodeProject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The caches that Java code really has are found in its sources. */
@Tag("CLI-3")
@Tag("REC-3")
class FamiliesInSourceTest {
    private static final String MAIN = "src/main/java/shop/";

    @TempDir
    private Path folder;

    private CodeProject project;

    @BeforeEach
    void open() {
        project = CodeProject.in(folder);
    }

    @Test
    void guava_eachUse_isFoundWithItsLine() {
        project.jar("guava.jar", CacheLibraries.GUAVA).file(MAIN + "Shop.java", """
                package shop;

                import com.google.common.cache.Cache;
                import com.google.common.cache.CacheBuilder;
                import com.google.common.cache.CacheLoader;
                import com.google.common.cache.LoadingCache;
                import java.util.function.Function;

                class Shop {
                    private final Cache<String, String> names = CacheBuilder.newBuilder()
                            .maximumSize(10)
                            .build();
                    private final LoadingCache<String, String> prices = CacheBuilder.newBuilder().build(
                            new CacheLoader<String, String>() {
                                @Override
                                public String load(String key) {
                                    return key;
                                }
                            });

                    String name(String id) throws Exception {
                        Function<Object, String> look = names::getIfPresent;
                        return names.get(id, () -> look.apply(id)) + prices.getUnchecked(id) + names.asMap().get(id);
                    }
                }
                """);

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(Inventories.uses(inventory))
                .containsExactly(
                        "Shop.java:10 guava Cache",
                        "Shop.java:10 guava CacheBuilder.newBuilder",
                        "Shop.java:11 guava CacheBuilder.maximumSize",
                        "Shop.java:12 guava CacheBuilder.build",
                        "Shop.java:13 guava CacheBuilder.build",
                        "Shop.java:13 guava CacheBuilder.newBuilder",
                        "Shop.java:13 guava LoadingCache",
                        "Shop.java:14 guava CacheLoader.<init>",
                        "Shop.java:22 guava Cache.getIfPresent",
                        "Shop.java:23 guava Cache.asMap",
                        "Shop.java:23 guava Cache.get",
                        "Shop.java:23 guava LoadingCache.getUnchecked");
        assertThat(inventory.uses().get(9).replacement()).isEqualTo("LocalCache.asMap");
        assertThat(inventory.uses().get(10).replacement()).isEqualTo("LocalCache.get");
        assertThat(inventory.uses().get(2).replacement()).isEqualTo("LocalCacheBuilder.maximumSize");
    }

    @Test
    void guava_aCacheThatIsHandedOutAndNotNamed_isFound() {
        project.jar("guava.jar", CacheLibraries.GUAVA)
                .file(MAIN + "Holder.java", """
                        package shop;
                        public class Holder {
                            protected com.google.common.cache.Cache<String, String> cache() { return null; }
                        }
                        """)
                .file(MAIN + "Special.java", "package shop; public class Special extends Holder {}")
                .file(MAIN + "User.java", """
                        package shop;
                        class User {
                            String use(Special special) {
                                var held = special.cache();
                                return held.getIfPresent("x");
                            }
                        }
                        """);

        assertThat(Inventories.uses(Inventories.of(project.root())))
                .containsExactly("Holder.java:3 guava Cache", "User.java:5 guava Cache.getIfPresent");
    }

    @Test
    void ehcache2_typesThatTheMapDoesNotName_areFoundByTheirPackage() {
        project.jar("ehcache.jar", CacheLibraries.EHCACHE2).file(MAIN + "Shop.java", """
                package shop; import net.sf.ehcache.*;
                                import net.sf.ehcache.config.CacheConfiguration;
                class Shop {
                    Object find(String id) {
                        Cache cache = CacheManager.getInstance().getCache("shop");
                        cache.put(new Element(id, "x"));
                        new CacheConfiguration("shop", 5).searchable().keys(true);
                        Element found = cache.get(id);
                        return found == null ? null : found.getObjectValue();
                    }
                }
                """);

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(Inventories.uses(inventory))
                .containsExactly(
                        "Shop.java:5 ehcache2 Cache",
                        "Shop.java:5 ehcache2 CacheManager.getCache",
                        "Shop.java:5 ehcache2 CacheManager.getInstance",
                        "Shop.java:6 ehcache2 Cache.put",
                        "Shop.java:6 ehcache2 Element.<init>",
                        "Shop.java:7 ehcache2 CacheConfiguration.<init>",
                        "Shop.java:7 ehcache2 CacheConfiguration.searchable",
                        "Shop.java:7 ehcache2 Searchable.keys",
                        "Shop.java:8 ehcache2 Cache.get",
                        "Shop.java:8 ehcache2 Element",
                        "Shop.java:9 ehcache2 Element.getObjectValue");
        assertThat(inventory.uses().get(8).replacement()).isEqualTo("MemoryElementCache.get");
    }

    @Test
    void jedis_commands_areFoundWithTheirReplacement() {
        project.jarOf("redis.clients.jedis.Jedis").file(MAIN + "Shop.java", """
                package shop;
                import redis.clients.jedis.Jedis;
                class Shop {
                    String find(Jedis jedis, String id) {
                        jedis.setex(id, 60, "x");
                        return jedis.get(id);
                    }
                }
                """);

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(Inventories.uses(inventory))
                .containsExactly(
                        "Shop.java:4 jedis Jedis", "Shop.java:5 jedis Jedis.setex", "Shop.java:6 jedis Jedis.get");
        assertThat(inventory.uses())
                .extracting(LegacyUse::replacement)
                .containsExactly("Region", "Region.put", "Region.get");
    }

    @Test
    void spring_annotationsAndManagers_areFound() {
        project.jarOf("org.springframework.cache.CacheManager")
                .jarOf("org.springframework.beans.BeansException")
                .jarOf("org.springframework.core.SpringVersion")
                .file(MAIN + "Shop.java", """
                        package shop;
                        import org.springframework.cache.Cache;
                        import org.springframework.cache.CacheManager; import org.springframework.cache.annotation.*;
                        @EnableCaching
                        @CacheConfig(cacheNames = "shop")
                        class Shop {
                            CacheManager manager;
                            @Cacheable("names")
                            String name(String id) { return id; }
                            @Caching(evict = @CacheEvict("names"), put = @CachePut("names"))
                            void clear() {
                                Cache names = manager.getCache("names");
                                names.clear();
                            }
                        }
                        """);

        assertThat(Inventories.uses(Inventories.of(project.root())))
                .containsExactly(
                        "Shop.java:4 spring-cache EnableCaching",
                        "Shop.java:5 spring-cache CacheConfig",
                        "Shop.java:7 spring-cache CacheManager",
                        "Shop.java:8 spring-cache Cacheable",
                        "Shop.java:10 spring-cache CacheEvict",
                        "Shop.java:10 spring-cache CachePut",
                        "Shop.java:10 spring-cache Caching",
                        "Shop.java:12 spring-cache Cache",
                        "Shop.java:12 spring-cache CacheManager.getCache",
                        "Shop.java:13 spring-cache Cache.clear");
    }

    @Test
    void jcacheAndMemcached_areFound() {
        project.jar("jcache.jar", CacheLibraries.JCACHE)
                .jar("spy.jar", CacheLibraries.SPYMEMCACHED)
                .file(MAIN + "Shop.java", """
                package shop;
                import javax.cache.annotation.CacheResult;
                import net.spy.memcached.MemcachedClient;
                class Shop {
                    javax.cache.Cache<String, String> cache;
                    @CacheResult
                    Object find(MemcachedClient client, String id) {
                        cache.put(id, "x");
                        return client.gets(id).getValue();
                    }
                }
                """);

        assertThat(Inventories.uses(Inventories.of(project.root())))
                .containsExactly(
                        "Shop.java:5 jcache Cache",
                        "Shop.java:6 jcache CacheResult",
                        "Shop.java:7 spymemcached MemcachedClient",
                        "Shop.java:8 jcache Cache.put",
                        "Shop.java:9 spymemcached CASValue.getValue",
                        "Shop.java:9 spymemcached MemcachedClient.gets");
    }

    @Test
    void caffeine_isNotLegacy() {
        project.jar(
                        "caffeine.jar",
                        java.util.Map.of(
                                "com/github/benmanes/caffeine/cache/Cache.java",
                                "package com.github.benmanes.caffeine.cache;"
                                        + " public interface Cache<K, V> { V getIfPresent(K key); }"))
                .file(MAIN + "Shop.java", """
                        package shop;
                        import com.github.benmanes.caffeine.cache.Cache;
                        class Shop { String find(Cache<String, String> cache) { return cache.getIfPresent("x"); } }
                        """);

        SourceInventory inventory = Inventories.of(project.root());

        assertThat(inventory.uses()).isEmpty();
        assertThat(inventory.gaps()).isEmpty();
    }

    @Test
    void family_thatIsNotAskedFor_isNotLookedFor() {
        project.jar("guava.jar", CacheLibraries.GUAVA).file(MAIN + "Shop.java", """
                package shop;
                class Shop { com.google.common.cache.Cache<String, String> cache; }
                """);

        assertThat(Inventories.of(project.root(), "jcache", "hand-rolled").uses())
                .isEmpty();
        assertThat(Inventories.of(project.root(), "guava").uses()).hasSize(1);
    }

    static Stream<MigrationMap> maps() {
        return Inventories.maps().stream();
    }

    /** A replacement that is not there would send people looking for nothing. */
    @ParameterizedTest
    @MethodSource("maps")
    void map_eachReplacement_exists(MigrationMap map) throws ClassNotFoundException {
        for (var api : map.apis()) {
            Class<?> target = Class.forName(api.replacement());
            List<String> members = Stream.concat(
                            Arrays.stream(target.getMethods()).map(method -> method.getName()),
                            Arrays.stream(target.getClasses())
                                    .flatMap(inner -> Arrays.stream(inner.getMethods())
                                            .map(method -> target.getSimpleName() + "." + inner.getSimpleName() + "."
                                                    + method.getName())))
                    .toList();
            assertThat(api.methods())
                    .extracting(LegacyMethod::replacement)
                    .filteredOn(name -> name != null)
                    .allSatisfy(name -> assertThat(members)
                            .as(map.family() + " " + api.type())
                            .contains(name));
        }
    }
}
