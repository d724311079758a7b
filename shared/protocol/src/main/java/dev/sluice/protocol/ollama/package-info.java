/// Ollama's chat and generate, as clients speak them and as servers do.
@NullMarked
package dev.sluice.protocol.ollama;

import org.jspecify.annotations.NullMarked;
