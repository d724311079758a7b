package dev.sluice.core.gateway;

import dev.sluice.model.Json;
import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonSpans.Span;
import dev.sluice.protocol.json.JsonSplice;
import dev.sluice.protocol.json.JsonText;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What Vertex AI wants otherwise than the vendors whose dialects it speaks, told by the end of a base URL.
///
/// A model of Google's is called `google/MODEL` by the OpenAI endpoint and `MODEL` by the other: both names do at both. A
/// body that is no JSON object stays as it is.
final class VertexForm {
    private static final String GEMINI = "/publishers/google";
    private static final String CLAUDE = "/publishers/anthropic";
    private static final String OPENAI = "/endpoints/openapi";
    private static final String MODELS = "/models/";
    private static final String PUBLISHER = "google/";

    /// The version of the Messages API, in the body rather than in a header.
    private static final String VERSION = JsonText.print(Json.of("vertex-2023-10-16"));

    private static final String WHOLE_REQUEST = "generateContentRequest";

    /// What Vertex counts (its CountTokensRequest); anything else is an unknown field to it.
    private static final List<List<String>> COUNTED = List.of(
            List.of("contents"),
            List.of("systemInstruction", "system_instruction"),
            List.of("tools"),
            List.of("generationConfig", "generation_config"));

    private VertexForm() {}

    static EncodedRequest of(URI base, EncodedRequest encoded) {
        String path = base.getPath() == null ? "" : base.getPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.endsWith(GEMINI)) {
            return gemini(encoded);
        }
        if (path.endsWith(CLAUDE)) {
            return claude(encoded);
        }
        return path.endsWith(OPENAI) ? with(encoded, encoded.path(), published(encoded.body())) : encoded;
    }

    private static EncodedRequest with(EncodedRequest encoded, String path, byte[] body) {
        return new EncodedRequest(
                path,
                encoded.headers(),
                body,
                encoded.stream(),
                encoded.names(),
                encoded.usageAdded(),
                encoded.degraded());
    }

    private static @Nullable JsonSpans scanned(byte[] body) {
        return JsonScanner.topLevel(body) instanceof Outcome.Ok<JsonSpans>(JsonSpans top) ? top : null;
    }

    /// `/v1beta/models/M:generateContent` is `/models/M:generateContent` there.
    private static EncodedRequest gemini(EncodedRequest encoded) {
        int at = encoded.path().lastIndexOf(MODELS);
        if (at < 0) {
            return encoded;
        }
        String model = encoded.path().substring(at + MODELS.length());
        String bare = model.startsWith(PUBLISHER) ? model.substring(PUBLISHER.length()) : model;
        return with(encoded, MODELS + bare, contents(counted(encoded.body())));
    }

    /// The request that is counted, without what stands around it and what counts for nothing.
    private static byte[] counted(byte[] body) {
        JsonSpans top = scanned(body);
        Span whole = top == null ? null : top.field(WHOLE_REQUEST);
        Json.Obj request = whole == null ? null : JsonText.objectOrNull(body, whole.from(), whole.to());
        if (request == null) {
            return body;
        }
        Json.Builder counted = Json.object();
        COUNTED.forEach(names -> names.stream()
                .filter(request::has)
                .findFirst()
                .ifPresent(name -> counted.putIf(name, request.field(name))));
        return JsonText.bytes(counted.build());
    }

    /// Without the model, which stands in the path, and without the ids of calls and results, which it does not know: it
    /// goes by their names and their order.
    private static byte[] contents(byte[] body) {
        JsonSpans top = scanned(body);
        if (top == null) {
            return body;
        }
        JsonSplice splice = JsonSplice.of(body, top);
        splice.remove("model");
        Span contents = top.field("contents");
        if (contents != null
                && ByteScan.indexOf(body, contents.from(), contents.to(), "\"function") >= 0
                && JsonText.parse(body, contents.from(), contents.to())
                        instanceof JsonText.Parsed.Value(Json.Arr list)) {
            Json.Arr clean = each(list, content -> within(content, "parts", VertexForm::nameless));
            if (!clean.equals(list)) {
                splice.set("contents", JsonText.print(clean));
            }
        }
        return splice.bytes();
    }

    private static Json.Arr each(Json.Arr list, UnaryOperator<Json.Obj> change) {
        List<Json> changed = new ArrayList<>();
        for (Json item : list.items()) {
            changed.add(item instanceof Json.Obj object ? change.apply(object) : item);
        }
        return new Json.Arr(changed);
    }

    private static Json.Obj within(Json.Obj object, String field, UnaryOperator<Json.Obj> change) {
        return object.field(field) instanceof Json.Arr list ? object.with(field, each(list, change)) : object;
    }

    private static Json.Obj nameless(Json.Obj part) {
        Json.Obj clean = part;
        for (String field : List.of("functionCall", "functionResponse", "function_call", "function_response")) {
            if (part.field(field) instanceof Json.Obj call && call.has("id")) {
                clean = clean.with(field, call.without("id"));
            }
        }
        return clean;
    }

    /// `/v1/messages` is `/models/M:rawPredict` there, and counting is a model of its own.
    private static EncodedRequest claude(EncodedRequest encoded) {
        JsonSpans top = scanned(encoded.body());
        Span model = top == null ? null : top.field("model");
        String name = model == null ? null : JsonScanner.string(encoded.body(), model);
        if (top == null || name == null) {
            return encoded;
        }
        JsonSplice splice = JsonSplice.of(encoded.body(), top).set("anthropic_version", VERSION);
        if (encoded.path().contains("/count_tokens")) {
            return with(encoded, MODELS + "count-tokens:rawPredict", splice.bytes());
        }
        String segment = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%40", "@");
        String operation = encoded.stream() ? ":streamRawPredict" : ":rawPredict";
        return with(
                encoded, MODELS + segment + operation, splice.remove("model").bytes());
    }

    private static byte[] published(byte[] body) {
        JsonSpans top = scanned(body);
        Span model = top == null ? null : top.field("model");
        String name = model == null ? null : JsonScanner.string(body, model);
        return top == null || name == null || name.contains("/")
                ? body
                : JsonSplice.of(body, top)
                        .set("model", JsonText.print(Json.of(PUBLISHER + name)))
                        .bytes();
    }
}
