/// What a call used and how long it took.
@NullMarked
package dev.sluice.core.metering;

import org.jspecify.annotations.NullMarked;
