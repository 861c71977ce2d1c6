/** Replaces types of a library by ones with the same methods, in whole groups of files or not at all. */
@NullMarked
package io.cachemigrator.recipes.replace;

import org.jspecify.annotations.NullMarked;
