package dev.sluice.core.gateway;

import dev.sluice.model.Headers;
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
import java.util.Locale;
import java.util.Set;
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

    /// How requests of an account share what Google has.
    private static final String TIER = "x-vertex-ai-llm-shared-request-type";

    private static final Set<String> TIERS = Set.of("standard", "flex", "priority");
    private static final String ROLE = "role";
    private static final List<String> NAMELESS = List.of(
            "functionCall",
            "functionResponse",
            "executableCode",
            "codeExecutionResult",
            "function_call",
            "function_response",
            "executable_code",
            "code_execution_result");

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
        return with(encoded, path, encoded.headers(), body);
    }

    private static EncodedRequest with(EncodedRequest encoded, String path, Headers headers, byte[] body) {
        return new EncodedRequest(
                path, headers, body, encoded.stream(), encoded.names(), encoded.usageAdded(), encoded.degraded());
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
        byte[] body = counted(encoded.body());
        JsonSpans top = scanned(body);
        if (top == null) {
            return with(encoded, MODELS + bare, body);
        }
        JsonSplice splice = JsonSplice.of(body, top).remove("model");
        contents(body, top, splice);
        String tier = tier(body, top, splice);
        Headers headers = tier == null ? encoded.headers() : encoded.headers().with(TIER, tier);
        return with(encoded, MODELS + bare, headers, splice.bytes());
    }

    /// The tier, which is a header there: in the body it is refused. Null: none is named that it knows.
    private static @Nullable String tier(byte[] body, JsonSpans top, JsonSplice splice) {
        for (String name : List.of("serviceTier", "service_tier")) {
            Span span = top.field(name);
            String said = span == null ? null : JsonScanner.string(body, span);
            String tier = said == null ? "" : said.toLowerCase(Locale.ROOT).replace("service_tier_", "");
            if (TIERS.contains(tier)) {
                splice.remove(name);
                return tier;
            }
        }
        return null;
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

    /// Each content has a role there; calls, results and code have no ids, for it goes by their names and their order.
    private static void contents(byte[] body, JsonSpans top, JsonSplice splice) {
        Span contents = top.field("contents");
        if (contents != null
                && (lacksRole(body, contents) || ByteScan.indexOf(body, contents.from(), contents.to(), "\"id\"") >= 0)
                && JsonText.parse(body, contents.from(), contents.to())
                        instanceof JsonText.Parsed.Value(Json.Arr list)) {
            Json.Arr clean = each(list, content -> within(withRole(content), "parts", VertexForm::nameless));
            if (!clean.equals(list)) {
                splice.set("contents", JsonText.print(clean));
            }
        }
    }

    private static boolean lacksRole(byte[] body, Span contents) {
        for (Span content : JsonScanner.items(body, contents)) {
            Span role = JsonScanner.field(body, content, ROLE);
            if (role == null || JsonScanner.isNull(body, role) || role.to() - role.from() == "\"\"".length()) {
                return true;
            }
        }
        return false;
    }

    /// What names nobody is the user's.
    private static Json.Obj withRole(Json.Obj content) {
        boolean isNobodys = switch (content.present(ROLE)) {
            case null -> true;
            case Json.Str(String role) -> role.isEmpty();
            default -> false;
        };
        return isNobodys ? content.with(ROLE, Json.of("user")) : content;
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
        for (String field : NAMELESS) {
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
