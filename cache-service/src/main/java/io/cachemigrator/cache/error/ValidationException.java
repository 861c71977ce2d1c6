package io.cachemigrator.cache.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value or argument that the service does not accept. */
public final class ValidationException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Without a cause. */
    public ValidationException(CacheErrorCode code, String message, Map<String, ?> context) {
        super(code, message, context, null);
    }

    /** With a cause, which may be null. */
    public ValidationException(CacheErrorCode code, String message, Map<String, ?> context, @Nullable Throwable cause) {
        super(code, message, context, cause);
    }
}
