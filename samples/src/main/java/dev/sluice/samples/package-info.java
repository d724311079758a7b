/// Programs with the official SDKs, pointed at Sluice.
@NullMarked
package dev.sluice.samples;

import org.jspecify.annotations.NullMarked;
