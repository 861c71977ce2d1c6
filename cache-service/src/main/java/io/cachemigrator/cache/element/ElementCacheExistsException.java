package io.cachemigrator.cache.element;

/** There is a cache of that name. */
public class ElementCacheExistsException extends ElementCacheException {
    private static final long serialVersionUID = 1;

    /** With what is wrong and what to do. */
    public ElementCacheExistsException(String message) {
        super(message);
    }
}
