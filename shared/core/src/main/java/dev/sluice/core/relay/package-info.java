/// Moving an answer from an upstream to the client: commit point, keep-alives, one terminal event.
@NullMarked
package dev.sluice.core.relay;

import org.jspecify.annotations.NullMarked;
