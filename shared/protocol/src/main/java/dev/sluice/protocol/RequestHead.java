package dev.sluice.protocol;

import dev.sluice.model.Headers;
import java.util.Map;

/// What of a request's line and headers a codec may look at: no credentials.
///
/// @param path without prefix and query
/// @param query decoded names and first values
public record RequestHead(String path, Map<String, String> query, Headers headers) {
    public static final RequestHead NONE = new RequestHead("", Map.of(), Headers.NONE);
}
