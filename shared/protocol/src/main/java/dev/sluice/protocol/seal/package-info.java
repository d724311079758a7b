/// The `gw1.` carrier of reasoning that a dialect has no slot for.
@NullMarked
package dev.sluice.protocol.seal;

import org.jspecify.annotations.NullMarked;
