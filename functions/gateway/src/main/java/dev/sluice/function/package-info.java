/// The gateway as a function: what an environment tells it, the parts put together, and what it does around a snapshot.
@NullMarked
package dev.sluice.function;

import org.jspecify.annotations.NullMarked;
