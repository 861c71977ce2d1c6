/** How legacy caches encode values: JSON text of the Python dialect, pickle, gzip; read without ever running foreign code. */
@NullMarked
package io.cachemigrator.map.encoding;

import org.jspecify.annotations.NullMarked;
