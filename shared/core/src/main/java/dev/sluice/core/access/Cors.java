package dev.sluice.core.access;

import dev.sluice.model.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What browsers of allowed origins are told; to all others, nothing.
public final class Cors {
    private static final String ANY = "*";
    private static final String METHODS = "GET, HEAD, POST, DELETE, OPTIONS";
    private static final String USUAL_HEADERS = "authorization, content-type, x-api-key";
    private static final String MAX_AGE_SECONDS = "600";
    private static final int LONGEST_HEADER_LIST = 4096;

    private final List<String> origins;

    /// @param origins as in `https://app.example.com`; `*` allows every one
    public Cors(List<String> origins) {
        this.origins = List.copyOf(origins);
    }

    /// The headers of the 204 that answers a preflight; empty: refuse it with 403.
    public Optional<Headers> preflight(Headers request) {
        return allowedOrigin(request).map(origin -> {
            Headers answer = Headers.of(
                    "access-control-allow-origin", origin,
                    "access-control-allow-methods", METHODS,
                    "access-control-allow-headers", allowedHeaders(request),
                    "access-control-max-age", MAX_AGE_SECONDS,
                    "vary", "origin, access-control-request-headers");
            return request.has("access-control-request-private-network")
                    ? answer.with("access-control-allow-private-network", "true")
                    : answer;
        });
    }

    /// The headers to add to any other answer; none when the origin is not allowed or there is none.
    public Headers response(Headers request) {
        return allowedOrigin(request)
                .map(origin -> Headers.of(
                        "access-control-allow-origin", origin, "access-control-expose-headers", ANY, "vary", "origin"))
                .orElse(Headers.NONE);
    }

    /// Scheme and host are not case-sensitive, and owners end an origin with a slash.
    private Optional<String> allowedOrigin(Headers request) {
        return request.first("origin")
                .filter(origin -> origins.stream().anyMatch(allowed -> ANY.equals(allowed) || isSame(allowed, origin)));
    }

    private static boolean isSame(String allowed, String origin) {
        String bare = allowed.endsWith("/") ? allowed.substring(0, allowed.length() - 1) : allowed;
        return bare.toLowerCase(Locale.ROOT).equals(origin.toLowerCase(Locale.ROOT));
    }

    private static String allowedHeaders(Headers request) {
        return request.first("access-control-request-headers")
                .filter(Cors::isHeaderList)
                .orElse(USUAL_HEADERS);
    }

    /// What is echoed must not be able to end the header line.
    private static boolean isHeaderList(String value) {
        return !value.isBlank()
                && value.length() <= LONGEST_HEADER_LIST
                && value.chars().allMatch(c -> c == '-' || c == '_' || c == ',' || c == ' ' || isAsciiLetterOrDigit(c));
    }

    private static boolean isAsciiLetterOrDigit(int c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }
}
