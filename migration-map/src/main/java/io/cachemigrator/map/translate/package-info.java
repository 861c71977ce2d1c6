/** What becomes of one legacy entry: a pure function from an entry as found to an entry as wanted. */
@NullMarked
package io.cachemigrator.map.translate;

import org.jspecify.annotations.NullMarked;
