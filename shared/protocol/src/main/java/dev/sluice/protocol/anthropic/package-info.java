/// The Anthropic Messages dialect, as clients speak it and as providers do.
@NullMarked
package dev.sluice.protocol.anthropic;

import org.jspecify.annotations.NullMarked;
