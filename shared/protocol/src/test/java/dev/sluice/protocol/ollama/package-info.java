@NullMarked
package dev.sluice.protocol.ollama;

import org.jspecify.annotations.NullMarked;
