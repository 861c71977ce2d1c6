/** Configuration from files and the environment: reading, binding with every fault at once, and reloading while it runs. */
@NullMarked
package io.cachemigrator.cache.config.source;

import org.jspecify.annotations.NullMarked;
