/// The local Lambda engine: a Function URL in front, the Runtime API behind, and processes in between that are started,
/// frozen, restored and ended as the service does it.
@NullMarked
package dev.sluice.cli.lambda;

import org.jspecify.annotations.NullMarked;
