/// What OpenAI's two dialects share.
@NullMarked
package dev.sluice.protocol.openai;

import org.jspecify.annotations.NullMarked;
