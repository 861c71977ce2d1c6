package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.ChangeListener;
import java.util.List;

/** What can change. */
enum DiskChange {
    /** Entries were written or removed; the names are ids. */
    ENTRY {
        @Override
        void tell(ChangeListener listener, String region, List<String> names, long at) {
            listener.changed(region, names);
        }
    },
    /** The names are tags. */
    TAG {
        @Override
        void tell(ChangeListener listener, String region, List<String> names, long at) {
            listener.tagsInvalidated(region, names, at);
        }
    },
    /** The names are prefixes. */
    PREFIX {
        @Override
        void tell(ChangeListener listener, String region, List<String> names, long at) {
            names.forEach(prefix -> listener.prefixInvalidated(region, prefix, at));
        }
    },
    /** A region was cleared. */
    CLEAR {
        @Override
        void tell(ChangeListener listener, String region, List<String> names, long at) {
            listener.cleared(region);
        }
    };

    abstract void tell(ChangeListener listener, String region, List<String> names, long at);
}
