/** The Spring Shell commands: they parse, call the engine and render; nothing else. */
@NullMarked
package io.cachemigrator.migrator.command;

import org.jspecify.annotations.NullMarked;
