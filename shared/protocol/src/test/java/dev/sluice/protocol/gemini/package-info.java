/// Tests of the Gemini dialect.
@NullMarked
package dev.sluice.protocol.gemini;

import org.jspecify.annotations.NullMarked;
