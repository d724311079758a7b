/// What the two dialects of OpenAI have in common.
@NullMarked
package dev.sluice.protocol.openai;

import org.jspecify.annotations.NullMarked;
