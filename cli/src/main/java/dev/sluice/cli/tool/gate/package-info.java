/// The live gate: whether the request that a tool is about to send is answered by the gateway.
@NullMarked
package dev.sluice.cli.tool.gate;

import org.jspecify.annotations.NullMarked;
