/// What translations between dialects share: normal form, tool names, effort scales, failures.
@NullMarked
package dev.sluice.protocol.translate;

import org.jspecify.annotations.NullMarked;
