/// Tests of the Anthropic Messages dialect.
@NullMarked
package dev.sluice.protocol.anthropic;

import org.jspecify.annotations.NullMarked;
