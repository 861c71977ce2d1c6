package io.cachemigrator.cache.loading;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which loads the present thread works for: a loader that asks for an id which it is itself being loaded for would wait for
 * itself. Thread safe.
 */
public final class LoadChain {
    @SuppressWarnings("ThreadLocalUsage") // one for each service: a loader may well use another service
    private final ThreadLocal<@Nullable Link> current = new ThreadLocal<>();

    /** The load that the present thread works for; null = none. */
    public @Nullable Link current() {
        return current.get();
    }

    /** Does something as a part of a load. */
    public <T extends @Nullable Object> T during(Link link, Supplier<T> work) {
        @Nullable Link before = current.get();
        current.set(link);
        try {
            return work.get();
        } finally {
            if (before == null) {
                current.remove();
            } else {
                current.set(before);
            }
        }
    }

    /**
     * A load, and what it is made for.
     *
     * @param region region's name
     * @param id id in the region
     * @param outer the load whose loader asked for this one; null = none did
     */
    public record Link(String region, String id, @Nullable Link outer) {

        /**
         * The link of a load that a thread starts.
         *
         * @throws IllegalStateException if it works for that load already, and would wait for itself
         */
        public static Link after(@Nullable Link current, String region, String id) {
            for (Link link = current; link != null; link = link.outer) {
                if (link.id.equals(id) && link.region.equals(region)) {
                    throw new IllegalStateException("The loader of an id in region '" + region
                            + "' asks for the same id, and would wait for itself. Load the value without the cache.");
                }
            }
            return new Link(region, id, current);
        }
    }
}
