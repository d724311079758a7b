/// The embedded store under `--data`, which one process at a time opens.
@NullMarked
package dev.sluice.cli.store;

import org.jspecify.annotations.NullMarked;
