/** Architecture rules for ArchUnit, generated from migration maps. */
@NullMarked
package io.cachemigrator.validation.architecture;

import org.jspecify.annotations.NullMarked;
