/// Micro-benchmarks of the hot path. Run them with `make bench`; never part of a test.
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
