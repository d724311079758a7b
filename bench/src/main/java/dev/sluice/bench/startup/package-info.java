/// How fast the function begins and how fast it hands a stream on, measured on the local Lambda engine: `make startup`.
@NullMarked
package dev.sluice.bench.startup;

import org.jspecify.annotations.NullMarked;
