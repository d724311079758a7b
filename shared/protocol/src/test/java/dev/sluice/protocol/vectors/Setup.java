package dev.sluice.protocol.vectors;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.model.Tool;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.CapabilityNames;
import dev.sluice.protocol.translate.ToolNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a vector's context says, as the types a codec gets.
record Setup(Json.Obj context) {
    static final long NOW = 1_780_000_000L;
    private static final Set<String> POLICIES = Set.of(
            "unsupported_modality",
            "server_tools",
            "clamp_max_tokens",
            "strip_client_billing_block",
            "fetch_remote_media");

    TargetProfile profile(Dialect dialect, String model) {
        return new TargetProfile(dialect, model, capabilities(), policies());
    }

    Capabilities capabilities() {
        return ok(CapabilityNames.read(Vector.objectOf(context, "caps"), Set.of()));
    }

    Policies policies() {
        Json.Obj policy = Vector.objectOf(context, "policy");
        Vector.requireKnown(policy, POLICIES);
        Policies otherwise = Policies.DEFAULT;
        return new Policies(
                loss(policy.text("unsupported_modality"), otherwise.unsupportedModality()),
                loss(policy.text("server_tools"), otherwise.serverTools()),
                flag(policy, "clamp_max_tokens", otherwise.clampMaxTokens()),
                flag(policy, "strip_client_billing_block", otherwise.stripClientBillingBlock()),
                flag(policy, "fetch_remote_media", otherwise.fetchRemoteMedia()),
                otherwise.strict());
    }

    private static Policies.Loss loss(@Nullable String name, Policies.Loss otherwise) {
        return switch (name) {
            case null -> otherwise;
            case "reject" -> Policies.Loss.REJECT;
            case "drop", "drop_warn" -> Policies.Loss.DROP;
            default -> throw new IllegalStateException("unknown policy value " + name);
        };
    }

    private static boolean flag(Json.Obj policy, String name, boolean otherwise) {
        return policy.has(name) ? policy.isTrue(name) : otherwise;
    }

    /// The names as the request's encoding would have left them.
    ToolNames names() {
        ToolNames names = new ToolNames(Integer.MAX_VALUE);
        Vector.objectOf(context, "tool_name_map").fields().forEach((target, original) -> {
            Json.Obj object = original instanceof Json.Obj o
                    ? o
                    : Json.object().put("name", original).build();
            names.put(
                    target,
                    new ToolNames.Original(
                            object.text("name", ""), object.text("namespace"), Tool.Kind.FUNCTION, null));
        });
        String property = context.text("custom_tool_property");
        if (property != null) {
            for (Json.Obj tool :
                    Vector.objects(Vector.objectOf(context, "client_request").items("tools"))) {
                if ("custom".equals(tool.text("type"))) {
                    String name = tool.has("custom")
                            ? Vector.objectOf(tool, "custom").text("name", "")
                            : tool.text("name", "");
                    names.put(name, new ToolNames.Original(name, null, Tool.Kind.CUSTOM, property));
                }
            }
        }
        return names;
    }

    /// The client's request: the part the vector gives, made whole with the least its dialect asks for.
    ClientContext client(DialectCodec client, boolean stream) {
        return client(client, stream, "sse");
    }

    /// @param framing in which form the client takes a stream
    ClientContext client(DialectCodec client, boolean stream, String framing) {
        Json.Obj given = Vector.objectOf(context, "client_request");
        Map<String, Json> fields = new LinkedHashMap<>(least(client.dialect()).fields());
        boolean inBody = client.dialect() != Dialect.GEMINI;
        if (inBody) {
            fields.put("stream", Json.of(stream));
        }
        fields.putAll(given.fields());
        Map<String, String> query = inBody || framing.equals("json-array") ? Map.of() : Map.of("alt", "sse");
        RequestHead head = new RequestHead(path(client.dialect(), stream), query, Headers.NONE);
        byte[] body = JsonText.bytes(new Json.Obj(fields));
        Outline asked = ok(client.requests().outline(body, head));
        return new ClientContext(ok(client.requests().decode(asked)), asked, "01ABCDEFGHJKMNPQRSTVWXYZ", NOW);
    }

    private static Json.Obj least(Dialect dialect) {
        Json.Obj message = Json.object().put("role", "user").put("content", "x").build();
        Json.Builder body = Json.object().put("model", "m");
        return switch (dialect) {
            case ANTHROPIC ->
                body.put("max_tokens", 1024)
                        .put("messages", Json.Arr.of(message))
                        .build();
            case OPENAI_CHAT, OLLAMA_CHAT ->
                body.put("messages", Json.Arr.of(message)).build();
            case OPENAI_RESPONSES -> body.put("input", "x").build();
            case GEMINI ->
                Json.object()
                        .put(
                                "contents",
                                Json.object()
                                        .put("role", "user")
                                        .put(
                                                "parts",
                                                Json.Arr.of(Json.object()
                                                        .put("text", "x")
                                                        .build()))
                                        .build())
                        .build();
            case BEDROCK_CONVERSE -> throw new IllegalStateException("no least request for " + dialect);
        };
    }

    /// Where clients of that dialect send their requests.
    static String path(Dialect dialect, boolean stream) {
        return switch (dialect) {
            case ANTHROPIC -> "/v1/messages";
            case OPENAI_CHAT -> "/v1/chat/completions";
            case OPENAI_RESPONSES -> "/v1/responses";
            case GEMINI -> "/v1beta/models/m:" + (stream ? "streamGenerateContent" : "generateContent");
            case BEDROCK_CONVERSE -> "/model/m/" + (stream ? "converse-stream" : "converse");
            case OLLAMA_CHAT -> "/api/chat";
        };
    }

    static RequestHead head(Vector vector, Dialect dialect) {
        RequestHead head = head(vector.input(), dialect);
        boolean isGenerate =
                vector.source().equals("ollama-generate") && vector.input().text("path") == null;
        return isGenerate ? new RequestHead("/api/generate", head.query(), head.headers()) : head;
    }

    static RequestHead head(Json.Obj input, Dialect dialect) {
        String path = input.text("path", path(dialect, false));
        int mark = path.indexOf('?');
        Map<String, String> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : List.of(path.substring(mark + 1).split("&"))) {
                int equals = pair.indexOf('=');
                query.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return new RequestHead(mark < 0 ? path : path.substring(0, mark), query, headers(input));
    }

    static Headers headers(Json.Obj input) {
        Map<String, String> headers = new LinkedHashMap<>();
        Vector.objectOf(input, "headers")
                .fields()
                .forEach((name, value) -> headers.put(name, Assertions.written(value)));
        return Headers.from(headers);
    }

    private static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Bad<T>(Failure failure) -> throw new IllegalStateException(failure.message());
        };
    }
}
