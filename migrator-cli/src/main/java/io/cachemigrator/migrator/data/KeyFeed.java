package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.legacy.LegacyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Where the keys of a part come from. Used by one thread. */
interface KeyFeed {
    /** Whether more may come. */
    boolean more();

    /** About so many keys, or none at the moment. */
    List<byte[]> next(int size);

    /** Where the next keys begin. */
    String position();

    /** The keys that a scan finds and a selection takes, from a position on. */
    final class OfScan implements KeyFeed {
        private static final int MOST_PAGES = 20;
        /** Asking for more at once would hold up the server's other clients. */
        private static final int MOST_OF_PAGE = 500;

        private final LegacyReader scanner;
        private final MapSet maps;
        private final Predicate<byte[]> selection;
        private String cursor;
        private boolean more = true;

        OfScan(LegacyReader scanner, MapSet maps, Predicate<byte[]> selection, String from) {
            this.scanner = scanner;
            this.maps = maps;
            this.selection = selection;
            this.cursor = from;
        }

        @Override
        public boolean more() {
            return more;
        }

        @Override
        public List<byte[]> next(int size) {
            List<byte[]> keys = new ArrayList<>(size);
            for (int page = 0; more && keys.size() < size && page < MOST_PAGES; page++) {
                LegacyReader.Page found =
                        scanner.scan(cursor, Math.min(MOST_OF_PAGE, size - keys.size()), maps.onlyScanPattern());
                found.keys().stream().filter(selection).forEach(keys::add);
                cursor = found.next();
                more = !cursor.equals(LegacyReader.START);
            }
            return keys;
        }

        @Override
        public String position() {
            return cursor;
        }
    }

    /** Keys that are known already. */
    final class OfList implements KeyFeed {
        private final List<byte[]> keys;
        private int next;

        OfList(List<byte[]> keys) {
            this.keys = keys;
        }

        @Override
        public boolean more() {
            return next < keys.size();
        }

        @Override
        public List<byte[]> next(int size) {
            int from = next;
            next = Math.min(keys.size(), from + size);
            return keys.subList(from, next);
        }

        @Override
        public String position() {
            return String.valueOf(next);
        }
    }
}
