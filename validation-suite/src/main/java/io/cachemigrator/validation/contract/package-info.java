/** The behaviour contract of the consolidated service, to be run by users on their own configurations. */
@NullMarked
package io.cachemigrator.validation.contract;

import org.jspecify.annotations.NullMarked;
