/** Configuration files of the project: reading, changing, showing without secrets. */
@NullMarked
package io.cachemigrator.migrator.settings;

import org.jspecify.annotations.NullMarked;
