/** The recipe that does what a migration map says, so that a family needs no Java code of its own. */
@NullMarked
package io.cachemigrator.recipes.map;

import org.jspecify.annotations.NullMarked;
