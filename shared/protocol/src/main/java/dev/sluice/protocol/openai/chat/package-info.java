/// OpenAI Chat Completions, spoken by clients and by most providers.
@NullMarked
package dev.sluice.protocol.openai.chat;

import org.jspecify.annotations.NullMarked;
