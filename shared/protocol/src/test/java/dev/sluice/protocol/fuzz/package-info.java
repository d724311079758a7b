/// Inputs nobody thought of: fuzz tests, which replay their seeds in an ordinary build and search for more on demand.
@NullMarked
package dev.sluice.protocol.fuzz;

import org.jspecify.annotations.NullMarked;
