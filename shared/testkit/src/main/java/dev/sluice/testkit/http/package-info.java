/// Upstreams that behave exactly as a test says, down to the last byte on the wire.
@NullMarked
package dev.sluice.testkit.http;

import org.jspecify.annotations.NullMarked;
