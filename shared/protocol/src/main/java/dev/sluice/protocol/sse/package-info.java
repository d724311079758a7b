/// Server-sent events: bytes to frames and back.
@NullMarked
package dev.sluice.protocol.sse;

import org.jspecify.annotations.NullMarked;
