/** The guided run on a bundled sample: a legacy application and a real Redis with legacy data. */
@NullMarked
package io.cachemigrator.migrator.demo;

import org.jspecify.annotations.NullMarked;
