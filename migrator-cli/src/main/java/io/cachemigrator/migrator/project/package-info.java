/** A project under migration: its folder, its options, and what the toolkit keeps for it. */
@NullMarked
package io.cachemigrator.migrator.project;

import org.jspecify.annotations.NullMarked;
