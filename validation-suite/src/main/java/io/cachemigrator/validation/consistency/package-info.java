/** Comparison of legacy entries with what the consolidated service has of them. */
@NullMarked
package io.cachemigrator.validation.consistency;

import org.jspecify.annotations.NullMarked;
