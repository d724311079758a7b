/// The request path, from the first byte to the last.
@NullMarked
package dev.sluice.core.gateway;

import org.jspecify.annotations.NullMarked;
