/// Coding tools set up for the gateway in one step, and put back as they were.
@NullMarked
package dev.sluice.cli.tool;

import org.jspecify.annotations.NullMarked;
