/// The binary frames `application/vnd.amazon.eventstream`.
@NullMarked
package dev.sluice.protocol.eventstream;

import org.jspecify.annotations.NullMarked;
