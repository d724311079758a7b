@NullMarked
package dev.sluice.protocol.ndjson;

import org.jspecify.annotations.NullMarked;
