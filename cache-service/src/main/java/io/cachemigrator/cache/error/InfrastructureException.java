package io.cachemigrator.cache.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store that cannot be used, raised only where the caller asked for exceptions. */
public final class InfrastructureException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Without a cause. */
    public InfrastructureException(CacheErrorCode code, String message, Map<String, ?> context) {
        super(code, message, context, null);
    }

    /** With a cause, which may be null. */
    public InfrastructureException(
            CacheErrorCode code, String message, Map<String, ?> context, @Nullable Throwable cause) {
        super(code, message, context, cause);
    }
}
