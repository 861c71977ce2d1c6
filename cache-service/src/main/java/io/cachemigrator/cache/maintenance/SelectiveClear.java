package io.cachemigrator.cache.maintenance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cachemigrator.cache.BulkDeletion;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.ClearOutcome;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.RegionPage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Removes the entries of regions that meet criteria, in steps. An entry that is rewritten in between may go too. */
public final class SelectiveClear {
    private static final int PAGE = 500;
    private static final JsonFactory JSON = new JsonFactory();

    private final CacheService service;

    /** Of a service, which stays open. */
    public SelectiveClear(CacheService service) {
        this.service = service;
    }

    /**
     * Removes entries and counts them.
     *
     * @param count whether they are only counted
     * @throws io.cachemigrator.cache.error.InfrastructureException if the store cannot be reached; what was removed stays so
     */
    public ClearOutcome run(Collection<String> regions, ClearSelection selection, boolean count, Progress progress) {
        long removed = 0;
        boolean complete = true;
        for (String name : regions) {
            Region<byte[]> region = service.region(name, byte[].class);
            if (selection.isAll() && !count) {
                ClearOutcome cleared = region.clear();
                removed += cleared.removed();
                complete &= cleared.complete();
            } else {
                ClearOutcome selected = select(region, selection, count, removed, progress);
                removed += selected.removed();
                complete &= selected.complete();
            }
            progress.at(name, removed);
        }
        return new ClearOutcome(removed, complete);
    }

    private ClearOutcome select(
            Region<byte[]> region, ClearSelection selection, boolean count, long before, Progress progress) {
        String glob = selection.pattern();
        @Nullable Pattern pattern = glob == null ? null : ClearSelection.compiled(glob);
        Instant now = service.config().clock().instant();
        long removed = 0;
        boolean complete = true;
        @Nullable String from = null;
        do {
            RegionPage page = region.scan(from, PAGE);
            from = page.next();
            List<String> ids = new ArrayList<>();
            for (EntryDetails entry : page.entries()) {
                if (isMeant(entry, selection, pattern, now)) {
                    ids.add(entry.id());
                }
            }
            if (count) {
                removed += ids.size();
            } else if (!ids.isEmpty()) {
                BulkDeletion deleted = region.deleteAll(ids);
                removed += deleted.removed();
                complete &= deleted.complete();
            }
            progress.at(region.name(), before + removed);
        } while (from != null);
        return new ClearOutcome(removed, complete);
    }

    private static boolean isMeant(
            EntryDetails entry, ClearSelection selection, @Nullable Pattern pattern, Instant now) {
        boolean old = selection.olderThan() == null || !entry.created().isAfter(now.minus(selection.olderThan()));
        boolean tagged = selection.tag() == null || entry.tags().contains(selection.tag());
        boolean named = pattern == null || pattern.matcher(entry.id()).matches();
        return old && tagged && named && isUnsure(entry, selection.confidenceBelow());
    }

    private static boolean isUnsure(EntryDetails entry, @Nullable Double below) {
        if (below == null) {
            return true;
        }
        try (JsonParser parser = JSON.createParser(entry.payload())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals("confidence");
                JsonToken value = parser.nextToken();
                if (wanted) {
                    return value.isNumeric() && parser.getDoubleValue() < below;
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException notJson) {
            return false;
        }
    }
}
