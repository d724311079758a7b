/// Streams of JSON values, one on each line.
@NullMarked
package dev.sluice.protocol.ndjson;

import org.jspecify.annotations.NullMarked;
