/// Texts compared and merged line by line.
@NullMarked
package dev.sluice.cli.tool.diff;

import org.jspecify.annotations.NullMarked;
