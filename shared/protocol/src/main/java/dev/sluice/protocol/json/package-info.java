/// Reading, writing, scanning and splicing JSON, on jackson-core streaming; no reflection.
@NullMarked
package dev.sluice.protocol.json;

import org.jspecify.annotations.NullMarked;
