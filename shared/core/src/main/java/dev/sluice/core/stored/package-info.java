/// What is kept of answers that a client may come back to.
@NullMarked
package dev.sluice.core.stored;

import org.jspecify.annotations.NullMarked;
