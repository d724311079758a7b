/// The serving process: from its options to the last stream's end.
@NullMarked
package dev.sluice.cli.start;

import org.jspecify.annotations.NullMarked;
