package io.cachemigrator.cache.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration that cannot be used. */
public final class ConfigurationException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Without a cause. */
    public ConfigurationException(CacheErrorCode code, String message, Map<String, ?> context) {
        super(code, message, context, null);
    }

    /** With a cause, which may be null. */
    public ConfigurationException(
            CacheErrorCode code, String message, Map<String, ?> context, @Nullable Throwable cause) {
        super(code, message, context, cause);
    }
}
