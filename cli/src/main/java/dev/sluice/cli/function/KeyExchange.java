package dev.sluice.cli.function;

import dev.sluice.cli.front.RequestHandler;
import dev.sluice.core.access.Access;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Stands before the function: who brings the master key gets through with this installation's own key in its place. All
/// other keys pass as they are, and the function judges them.
///
/// Without keys (`--no-auth`) everyone on this machine gets through, as with a plain `start`.
final class KeyExchange {
    private static final String BEARER = "bearer ";
    private static final Set<String> KEY_HEADERS = Set.of("authorization", "x-api-key", "x-goog-api-key", "api-key");
    private static final String KEY_PARAMETER = "key=";

    private final String own;
    private final Optional<Predicate<String>> masters;
    private final KeyHash hashes;

    /// @param masters whether a hash is that of a master key now; empty: nobody is asked for a key
    KeyExchange(OwnKey own, Optional<Predicate<String>> masters, KeyHash hashes) {
        this.own = own.key();
        this.masters = masters;
        this.hashes = hashes;
    }

    /// That handler, behind the exchange.
    RequestHandler before(RequestHandler url) {
        return (request, response) -> url.handle(exchanged(request), response);
    }

    InboundRequest exchanged(InboundRequest request) {
        Headers headers = masters.isEmpty() ? opened(request.headers()) : exchanged(request.headers());
        return new InboundRequest(
                request.method(),
                request.path(),
                query(request.query()),
                headers,
                request.body(),
                request.problem(),
                request.clientAddress(),
                request.remaining());
    }

    private Headers opened(Headers headers) {
        boolean isForeign = Access.open().given(headers, Map.of(), false).refusal() != null;
        return isForeign ? headers : headers.with("authorization", "Bearer " + own);
    }

    private Headers exchanged(Headers headers) {
        List<Headers.Field> fields = new ArrayList<>();
        for (Headers.Field field : headers.fields()) {
            fields.add(
                    KEY_HEADERS.contains(field.name()) ? new Headers.Field(field.name(), value(field.value())) : field);
        }
        return new Headers(fields);
    }

    private String value(String header) {
        String text = header.strip();
        boolean isBearer = text.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String key = isBearer ? text.substring(BEARER.length()).strip() : text;
        return isMaster(key) ? isBearer ? "Bearer " + own : own : header;
    }

    private boolean isMaster(String key) {
        return masters.filter(opens -> opens.test(hashes.of(key))).isPresent();
    }

    /// Gemini's clients may have it in the query.
    private String query(String query) {
        if (!query.contains(KEY_PARAMETER)) {
            return query;
        }
        List<String> pairs = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            boolean isMasters =
                    pair.startsWith(KEY_PARAMETER) && isMaster(decoded(pair.substring(KEY_PARAMETER.length())));
            pairs.add(isMasters ? KEY_PARAMETER + own : pair);
        }
        return String.join("&", pairs);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    /// An event of the owner's. One of the Function URL that brings no key is invoked with the own one; all else is as it
    /// was written.
    byte[] exchanged(byte[] event) {
        Json.Obj json = JsonText.objectOrNull(event, 0, event.length);
        if (json == null || !json.has("rawPath")) {
            return event;
        }
        Json.Obj given = json.object("headers");
        if (given == null && json.has("headers")) {
            return event;
        }
        Map<String, Json> headers = new LinkedHashMap<>();
        boolean hasKey = false;
        for (Map.Entry<String, Json> field :
                (given == null ? Json.Obj.EMPTY : given).fields().entrySet()) {
            boolean isKey = KEY_HEADERS.contains(field.getKey().toLowerCase(Locale.ROOT));
            hasKey |= isKey;
            Json value = isKey && field.getValue() instanceof Json.Str(String text)
                    ? Json.of(value(text))
                    : field.getValue();
            headers.put(field.getKey(), value);
        }
        if (!hasKey && !json.text("rawQueryString", "").contains(KEY_PARAMETER)) {
            headers.put("authorization", Json.of("Bearer " + own));
        }
        Json.Obj changed = new Json.Obj(headers);
        return changed.equals(given) ? event : JsonText.bytes(json.with("headers", changed));
    }
}
