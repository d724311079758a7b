/// OpenAI Responses, as clients speak it and as providers do.
@NullMarked
package dev.sluice.protocol.openai.responses;

import org.jspecify.annotations.NullMarked;
