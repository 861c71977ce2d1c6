package com.example.supportdesk.cache;

import io.cachemigrator.compat.services.RedisCacheService;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers which keys were deleted. */
public class AuditedCache extends RedisCacheService {
    private final List<String> deleted = new CopyOnWriteArrayList<>();

    public AuditedCache(String url) {
        super(url);
    }

    @Override
    public boolean delete(String key) {
        deleted.add(key);
        return super.delete(key);
    }

    public List<String> deleted() {
        return List.copyOf(deleted);
    }
}
