package dev.sluice.protocol;

import dev.sluice.model.Degradation;
import dev.sluice.model.Headers;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;

/// A request as it goes to the provider.
///
/// @param path appended to the provider's base URL, with its query
/// @param headers the dialect's own, without credentials, host and length
/// @param names what the answer's tool names and ids must be turned back into
/// @param usageAdded whether the gateway itself asked for usage: then the client does not get the usage chunk
/// @param degraded what the target cannot carry
public record EncodedRequest(
        String path,
        Headers headers,
        byte[] body,
        boolean stream,
        ToolNames names,
        boolean usageAdded,
        List<Degradation> degraded) {
    /// A request that was never sent, for what must be said in a dialect before one is.
    public static final EncodedRequest NONE =
            new EncodedRequest("", Headers.NONE, new byte[0], true, ToolNames.none(), false, List.of());

    public EncodedRequest {
        degraded = List.copyOf(degraded);
    }
}
