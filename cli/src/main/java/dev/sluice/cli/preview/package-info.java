/// The plan that a request would get now, asked for in this process or elsewhere.
@NullMarked
package dev.sluice.cli.preview;

import org.jspecify.annotations.NullMarked;
