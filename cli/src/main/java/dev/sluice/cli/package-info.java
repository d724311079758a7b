/// The command `sluice`: its entry, and what it needs of its surroundings.
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
