/// What each pair of dialects carries, degrades, emulates and refuses, asked of the codecs themselves.
@NullMarked
package dev.sluice.protocol.support;

import org.jspecify.annotations.NullMarked;
