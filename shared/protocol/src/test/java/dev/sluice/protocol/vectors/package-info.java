/// The conformance suite: vectors of JSON, the reference matcher, and one harness per kind of vector.
@NullMarked
package dev.sluice.protocol.vectors;

import org.jspecify.annotations.NullMarked;
