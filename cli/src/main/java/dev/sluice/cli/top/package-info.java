/// The live view: requests in flight, targets, limits, spend.
@NullMarked
package dev.sluice.cli.top;

import org.jspecify.annotations.NullMarked;
