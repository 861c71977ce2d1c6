package io.cachemigrator.compat.factory;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.config.CacheConfig;
import io.cachemigrator.cache.config.CacheConfigBuilder;
import io.cachemigrator.cache.config.EncryptionConfig;
import io.cachemigrator.cache.config.RegionConfig;
import io.cachemigrator.cache.domain.keyed.KeyRoutes;
import io.cachemigrator.cache.domain.keyed.KeyedJson;
import io.cachemigrator.cache.domain.keyed.KeyedStore;
import io.cachemigrator.compat.store.ForwardingStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The consolidated layout of an application's entries. Answers of a language model carry the tag of their operation whoever
 * stores them, and are cleared alone where the legacy cache clears them alone. Thread safe.
 */
final class FactoryTarget extends ForwardingStore {
    private static final KeyRoutes ROUTES = KeyRoutes.applications();
    private static final String ANSWERS =
            ROUTES.routeOf(FactoryKeys.ANSWERS).map(KeyRoutes.Route::region).orElseThrow();
    private static final int KEY_ID = 1;

    private final CacheService service;
    private final ClearScope scope;

    private FactoryTarget(CacheService service, ClearScope scope) {
        super(KeyedStore.over(service, ROUTES));
        this.service = service;
        this.scope = scope;
    }

    static FactoryTarget open(CacheConfig config, ClearScope scope) {
        return new FactoryTarget(CacheService.open(config), scope);
    }

    /**
     * The consolidated service for options. Both regions take the options' time to live, memory and compression. With an
     * encryption key, their values are encrypted with the same 32 bytes; until encryption is required, those that are not
     * encrypted are served too, so that copies of plain ones can be read.
     */
    static CacheConfig config(LegacyOptions options) {
        CacheConfigBuilder builder =
                CacheConfig.builder().clock(options.clock()).withDefaultTtl(options.defaultTtl());
        Consumer<CacheConfigBuilder> stores = options.service();
        String key = options.encryptionKey();
        if (key != null) {
            byte[] bytes = Base64.getUrlDecoder().decode(key.strip());
            builder.encryption(EncryptionConfig.of(KEY_ID, Map.of(KEY_ID, bytes)));
        }
        if (options.enableCompression()) {
            builder.withCompression(options.compressionThreshold(), options.compressionLevel());
        }
        if (options.hasL1() || !options.inMemory()) {
            builder.withMemoryCache(options.hasL1() ? options.l1CacheSize() : 0);
        }
        if (stores != null) {
            stores.accept(builder);
        } else if (!options.inMemory()) {
            builder.redis(options.target());
        }
        CacheConfig plain = builder.build();
        for (String name : ROUTES.regions()) {
            RegionConfig.Builder region = plain.regionOrDefaults(name).toBuilder(name);
            if (name.equals(ANSWERS)) {
                // invalidation by operation tells how many it hit
                region.tagIndex(true);
            }
            if (key != null) {
                region.encrypted(true).acceptPlain(!options.encryptionRequired());
            }
            builder.region(region.build());
        }
        return builder.build();
    }

    @Override
    public WriteOutcome put(String key, @Nullable Object value, WriteOptions options) {
        return super.put(key, value, tagged(options, tags(key, options.tags())));
    }

    /** Entries that carry other tags are stored apart, so all are tried first: nothing is stored if one cannot be. */
    @Override
    public WriteOutcome putAll(Map<String, ? extends @Nullable Object> values, WriteOptions options) {
        Map<List<String>, Map<String, @Nullable Object>> byTags = new LinkedHashMap<>();
        values.forEach((key, value) -> byTags.computeIfAbsent(tags(key, options.tags()), tags -> new LinkedHashMap<>())
                .put(key, value));
        if (byTags.size() > 1) {
            values.values().forEach(KeyedJson::write);
        }
        WriteOutcome all = WriteOutcome.STORED;
        for (Map.Entry<List<String>, Map<String, @Nullable Object>> each : byTags.entrySet()) {
            WriteOutcome one = super.putAll(each.getValue(), tagged(options, each.getKey()));
            all = all.isStored() ? one : all;
        }
        return all;
    }

    private static WriteOptions tagged(WriteOptions options, List<String> tags) {
        return new WriteOptions(options.ttl(), options.condition(), tags, options.metadata());
    }

    private static List<String> tags(String key, List<String> given) {
        List<String> tags = new ArrayList<>(given);
        FactoryKeys.tags(key).stream().filter(tag -> !given.contains(tag)).forEach(tags::add);
        return tags;
    }

    @Override
    public ClearOutcome clear() {
        return scope == ClearScope.ANSWERS
                ? service.region(ANSWERS, byte[].class).clear()
                : super.clear();
    }
}
