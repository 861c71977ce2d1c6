package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.tier.ChangeListener;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener was told, in words. */
final class HeardChanges implements ChangeListener {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void changed(String region, Collection<String> ids) {
        heard.add("changed " + region + " " + ids);
    }

    @Override
    public void tagsInvalidated(String region, Collection<String> tags, long atMicros) {
        heard.add("tags " + region + " " + tags + (atMicros > 0 ? "" : " at " + atMicros));
    }

    @Override
    public void prefixInvalidated(String region, String prefix, long atMicros) {
        heard.add("prefix " + region + " " + prefix + (atMicros > 0 ? "" : " at " + atMicros));
    }

    @Override
    public void cleared(String region) {
        heard.add("cleared " + region);
    }

    @Override
    public void missed() {
        heard.add("missed");
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    long missedTimes() {
        return heard.stream().filter("missed"::equals).count();
    }
}
