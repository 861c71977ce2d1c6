package io.cachemigrator.cache;

import io.cachemigrator.cache.invalidation.InvalidationTable;
import io.cachemigrator.cache.tier.ChangeListener;
import io.cachemigrator.cache.tier.Tier;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/** Passes on what other processes have changed in a tier to the regions whose authority it is. */
final class HeardChanges implements ChangeListener {
    private final Tier tier;
    private final Map<String, OpenRegion> regions;

    HeardChanges(Tier tier, Map<String, OpenRegion> regions) {
        this.tier = tier;
        this.regions = regions;
    }

    private void tell(String name, Consumer<RegionWrites> change) {
        if (name.equals(InvalidationTable.EVERY_REGION)) {
            regions.values().forEach(region -> tell(region, change));
        } else {
            OpenRegion region = regions.get(name);
            if (region != null) {
                tell(region, change);
            }
        }
    }

    private void tell(OpenRegion region, Consumer<RegionWrites> change) {
        if (region.isOver(tier)) {
            change.accept(region.changes());
        }
    }

    @Override
    public void changed(String region, Collection<String> ids) {
        tell(region, writes -> writes.heardChanged(ids));
    }

    @Override
    public void tagsInvalidated(String region, Collection<String> tags, long atMicros) {
        tell(region, writes -> writes.heardInvalidated(tags, atMicros));
    }

    @Override
    public void prefixInvalidated(String region, String prefix, long atMicros) {
        tell(region, writes -> writes.heardInvalidated(prefix, atMicros));
    }

    @Override
    public void cleared(String region) {
        tell(region, RegionWrites::forgetCopies);
    }

    @Override
    public void missed() {
        tell(InvalidationTable.EVERY_REGION, RegionWrites::forgetCopies);
    }
}
