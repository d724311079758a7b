package dev.sluice.cli.tool.gate;

import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A small request of one dialect: streamed, with the definition of a tool.
///
/// @param path with its query
/// @param keyHeader the name of the header that holds the key
/// @param keyPrefix what stands before it
record GateRequest(String path, String keyHeader, String keyPrefix, Json.Obj body) {
    private static final String PROMPT = "Answer with the word ok.";
    private static final String NAME = "read_file";
    private static final String DESCRIPTION = "Reads a file.";
    /// Enough for a model that thinks before its first word.
    private static final long MOST_TOKENS = 1024;

    static GateRequest of(Dialect dialect, String model) {
        return switch (dialect) {
            case ANTHROPIC -> bearer("/v1/messages?beta=true", anthropic(model));
            case OPENAI_RESPONSES -> bearer("/v1/responses", responses(model));
            case OPENAI_CHAT -> bearer("/v1/chat/completions", chat(model));
            case GEMINI ->
                new GateRequest(
                        "/v1beta/models/"
                                + URLEncoder.encode(model, StandardCharsets.UTF_8)
                                        .replace("+", "%20") + ":streamGenerateContent?alt=sse",
                        "x-goog-api-key",
                        "",
                        gemini());
            case BEDROCK_CONVERSE, OLLAMA_CHAT -> throw new IllegalArgumentException("no tool speaks " + dialect.id());
        };
    }

    byte[] bytes() {
        return JsonText.bytes(body);
    }

    private static GateRequest bearer(String path, Json.Obj body) {
        return new GateRequest(path, "Authorization", "Bearer ", body);
    }

    private static Json.Obj schema() {
        return Json.object()
                .put("type", "object")
                .put(
                        "properties",
                        Json.object()
                                .put("path", Json.object().put("type", "string").build())
                                .build())
                .put("required", Json.strings(List.of("path")))
                .build();
    }

    private static Json message() {
        return Json.Arr.of(
                Json.object().put("role", "user").put("content", PROMPT).build());
    }

    private static Json.Obj anthropic(String model) {
        return Json.object()
                .put("model", model)
                .put("max_tokens", MOST_TOKENS)
                .put("stream", true)
                .put("messages", message())
                .put("tools", Json.Arr.of(described("input_schema", schema())))
                .build();
    }

    private static Json.Obj chat(String model) {
        return Json.object()
                .put("model", model)
                .put("stream", true)
                .put("stream_options", Json.object().put("include_usage", true).build())
                .put("messages", message())
                .put(
                        "tools",
                        Json.Arr.of(Json.object()
                                .put("type", "function")
                                .put("function", described("parameters", schema()))
                                .build()))
                .build();
    }

    private static Json.Obj responses(String model) {
        Json.Obj tool = Json.object()
                .put("type", "function")
                .putAll(described("parameters", schema()))
                .put("strict", false)
                .build();
        return Json.object()
                .put("model", model)
                .put("stream", true)
                .put("store", false)
                .put("input", message())
                .put("tools", Json.Arr.of(tool))
                .build();
    }

    private static Json.Obj gemini() {
        Json part = Json.object().put("text", PROMPT).build();
        Json.Obj content = Json.object()
                .put("role", "user")
                .put("parts", Json.Arr.of(part))
                .build();
        Json.Obj tools = Json.object()
                .put("functionDeclarations", Json.Arr.of(described("parametersJsonSchema", schema())))
                .build();
        return Json.object()
                .put("contents", Json.Arr.of(content))
                .put("tools", Json.Arr.of(tools))
                .build();
    }

    private static Json.Obj described(String schemaName, Json.Obj schema) {
        return Json.object()
                .put("name", NAME)
                .put("description", DESCRIPTION)
                .put(schemaName, schema)
                .build();
    }
}
