/// What translations make of real requests and streams, as files whose changes a review sees.
@NullMarked
package dev.sluice.protocol.golden;

import org.jspecify.annotations.NullMarked;
