package dev.sluice.protocol;

import dev.sluice.model.Degradation;
import dev.sluice.model.Headers;
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
        dev.sluice.protocol.translate.ToolNames names,
        boolean usageAdded,
        List<Degradation> degraded) {
    public EncodedRequest {
        degraded = List.copyOf(degraded);
    }
}
