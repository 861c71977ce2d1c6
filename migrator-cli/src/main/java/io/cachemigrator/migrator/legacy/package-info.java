/** How legacy entries are read, and the legacy stores that are files: dumps and folders of Python's diskcache. */
@NullMarked
package io.cachemigrator.migrator.legacy;

import org.jspecify.annotations.NullMarked;
