package io.cachemigrator.cache.error;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Root of the service's exceptions. The message starts with the error code and ends with what to do; the context names
 * the things involved and never holds a secret or a user's value.
 */
public abstract class CacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CacheErrorCode code;
    private final transient Map<String, Object> context;

    CacheException(CacheErrorCode code, String message, Map<String, ?> context, @Nullable Throwable cause) {
        super(code.code() + " " + message, cause);
        this.code = code;
        this.context = Map.copyOf(new LinkedHashMap<String, Object>(context));
    }

    /** Which error this is. */
    public CacheErrorCode code() {
        return code;
    }

    /** The things involved, by name; unmodifiable, empty after serialisation. */
    public Map<String, Object> context() {
        return context == null ? Map.of() : context;
    }
}
