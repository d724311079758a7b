/// Tests of the binary frames.
@NullMarked
package dev.sluice.protocol.eventstream;

import org.jspecify.annotations.NullMarked;
