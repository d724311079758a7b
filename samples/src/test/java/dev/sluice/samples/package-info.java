/// Every sample, executed.
@NullMarked
package dev.sluice.samples;

import org.jspecify.annotations.NullMarked;
