package io.cachemigrator.cache.domain.response;

import com.fasterxml.jackson.core.type.TypeReference;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.codec.Codecs;
import java.util.Collection;
import java.util.Map;

/** Keeps responses in the region of a service. */
final class RegionResponseStore implements ResponseStore {
    private final Region<Map<String, Object>> region;

    RegionResponseStore(CacheService service) {
        this.region = service.region(
                PrecomputedResponses.REGION,
                Codecs.<Map<String, Object>>json(new TypeReference<Map<String, Object>>() {}.getType()));
    }

    @Override
    public Map<String, Lookup<Map<String, Object>>> lookupAll(Collection<String> ids) {
        return region.lookupAll(ids);
    }

    @Override
    public WriteOutcome put(String id, Map<String, Object> entry, WriteOptions options) {
        return region.put(id, entry, options);
    }
}
