/** Reading legacy stores, writing consolidated ones, and the copy between them. */
@NullMarked
package io.cachemigrator.migrator.data;

import org.jspecify.annotations.NullMarked;
