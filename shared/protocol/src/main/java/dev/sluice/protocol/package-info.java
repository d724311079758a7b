/// What every dialect has in common: the codec interfaces, frames, lanes and the byte sink.
@NullMarked
package dev.sluice.protocol;

import org.jspecify.annotations.NullMarked;
