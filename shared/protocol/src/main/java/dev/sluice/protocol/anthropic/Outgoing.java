package dev.sluice.protocol.anthropic;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.OwnExtras;

/// A request on its way to a target, with what its parts share while they are written.
///
/// @param request in normal form
record Outgoing(ChatRequest request, Capabilities caps, Losses losses, OwnExtras extras, Breakpoints breakpoints) {
    private static final int DEFAULT_TOOL_NAME_MAX = 128;

    /// The longest tool name the target takes.
    int toolNameMax() {
        Integer configured = caps.toolNameMax();
        return configured == null ? DEFAULT_TOOL_NAME_MAX : configured;
    }
}
