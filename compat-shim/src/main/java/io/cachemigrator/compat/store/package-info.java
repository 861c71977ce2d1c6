/** What the stores of every legacy family are made of: the way to their Redis, and the guard before it. */
@NullMarked
package io.cachemigrator.compat.store;

import org.jspecify.annotations.NullMarked;
