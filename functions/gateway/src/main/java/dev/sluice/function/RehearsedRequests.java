package dev.sluice.function;

import dev.sluice.core.gateway.Gateway;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What coding tools send, in all dialects: whole and streamed, with tools and with what a tool answered, and wrong.
final class RehearsedRequests {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";

    private static final String CHAT_TOOLS = """
            ,"tools":[{"type":"function","function":{"name":"read_file","description":"Reads a file",
            "parameters":{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}}}]""";
    private static final String ANTHROPIC_TOOLS = """
            ,"tools":[{"name":"read_file","description":"Reads a file",
            "input_schema":{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}}]""";
    private static final String STREAM = ",\"stream\":true";

    private static final String CHAT_TURNS = """
            {"model":"demo","messages":[{"role":"system","content":"You are a coding assistant."},
            {"role":"user","content":"Use the tool read_file, please: what is in README.md?"}""";
    private static final String CHAT_RESULT = """
            ,{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",
            "function":{"name":"read_file","arguments":"{\\"path\\":\\"README.md\\"}"}}]},
            {"role":"tool","tool_call_id":"call_1","content":"# Sluice"}""";
    private static final String ANTHROPIC_TURNS = """
            {"model":"demo","max_tokens":1024,"system":[{"type":"text","text":"You are a coding assistant.",
            "cache_control":{"type":"ephemeral"}}],"messages":[
            {"role":"user","content":[{"type":"text","text":"Use the tool read_file, please: what is in README.md?"}]}""";
    private static final String ANTHROPIC_RESULT = """
            ,{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"read_file",
            "input":{"path":"README.md"}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"# Sluice"}]}""";

    private static final String ASKED = "Use the tool read_file, please: what is in README.md?";
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},\"required\":[\"path\"]}";

    private static final String RESPONSES = """
            {"model":"demo","store":false,"instructions":"You are a coding assistant.","input":[
            {"type":"message","role":"user","content":[{"type":"input_text","text":"%s"}]}],"tools":[{"type":"function",
            "name":"read_file","description":"Reads a file","strict":false,"parameters":%s}]""".formatted(ASKED, SCHEMA);
    private static final String GEMINI = """
            {"systemInstruction":{"parts":[{"text":"You are a coding assistant."}]},"contents":[
            {"role":"user","parts":[{"text":"%s"}]}],"tools":[{"functionDeclarations":[{"name":"read_file",
            "description":"Reads a file","parametersJsonSchema":%s}]}]}""".formatted(ASKED, SCHEMA);
    private static final String OLLAMA = """
            {"model":"demo","messages":[{"role":"system","content":"You are a coding assistant."},
            {"role":"user","content":"%s"}],"tools":[{"type":"function","function":{"name":"read_file",
            "description":"Reads a file","parameters":%s}}]""".formatted(ASKED, SCHEMA);

    /// @param path with its query
    /// @param status that it is answered with
    private record Scene(String method, String path, String body, String key, int status) {}

    private static final List<Scene> SCENES = List.of(
            chat(CHAT_TURNS + "]}"),
            chat(CHAT_TURNS + "]" + STREAM + ",\"stream_options\":{\"include_usage\":true}}"),
            chat(CHAT_TURNS + "]" + CHAT_TOOLS + "}"),
            chat(CHAT_TURNS + "]" + CHAT_TOOLS + STREAM + "}"),
            chat(CHAT_TURNS + CHAT_RESULT + "]" + CHAT_TOOLS + STREAM + "}"),
            messages(ANTHROPIC_TURNS + "]}"),
            messages(ANTHROPIC_TURNS + "]" + STREAM + "}"),
            messages(ANTHROPIC_TURNS + "]" + ANTHROPIC_TOOLS + "}"),
            messages(ANTHROPIC_TURNS + "]" + ANTHROPIC_TOOLS + STREAM + "}"),
            messages(ANTHROPIC_TURNS + ANTHROPIC_RESULT + "]" + ANTHROPIC_TOOLS + STREAM + "}"),
            new Scene(
                    "POST",
                    MESSAGES + "/count_tokens",
                    ANTHROPIC_TURNS + "]" + ANTHROPIC_TOOLS + "}",
                    Rehearsal.KEY,
                    200),
            asked("/v1/responses", RESPONSES + "}"),
            asked("/v1/responses", RESPONSES + STREAM + "}"),
            asked("/v1beta/models/demo:generateContent", GEMINI),
            asked("/v1beta/models/demo:streamGenerateContent?alt=sse", GEMINI),
            asked("/v1beta/models/demo:streamGenerateContent", GEMINI),
            asked("/api/chat", OLLAMA + ",\"stream\":false}"),
            asked("/api/chat", OLLAMA + "}"),
            new Scene("GET", "/api/tags", "", Rehearsal.KEY, 200),
            new Scene("GET", "/v1/models", "", Rehearsal.KEY, 200),
            new Scene("POST", CHAT, "{\"model\":", Rehearsal.KEY, 400),
            new Scene("POST", MESSAGES, ANTHROPIC_TURNS + "]}", "another key", 401));

    private RehearsedRequests() {}

    private static Scene chat(String body) {
        return asked(CHAT, body);
    }

    private static Scene messages(String body) {
        return asked(MESSAGES, body);
    }

    private static Scene asked(String path, String body) {
        return new Scene("POST", path, body, Rehearsal.KEY, 200);
    }

    /// Throws when one is answered with another status than it should.
    static void play(Gateway gateway) {
        for (Scene scene : SCENES) {
            Audience audience = new Audience();
            gateway.handle(request(scene), audience);
            if (audience.status != scene.status() || !audience.ended) {
                throw new IllegalStateException("in rehearsal " + scene.method() + " " + scene.path()
                        + " was answered with " + audience.status + " instead of " + scene.status());
            }
        }
    }

    private static InboundRequest request(Scene scene) {
        Headers headers = Headers.of(
                "content-type", "application/json",
                "authorization", "Bearer " + scene.key(),
                "x-api-key", scene.key(),
                "anthropic-version", "2023-06-01",
                "accept", "application/json",
                "user-agent", "rehearsal");
        int query = scene.path().indexOf('?');
        return new InboundRequest(
                scene.method(),
                query < 0 ? scene.path() : scene.path().substring(0, query),
                query < 0 ? "" : scene.path().substring(query + 1),
                headers,
                scene.body().getBytes(StandardCharsets.UTF_8),
                null,
                "127.0.0.1");
    }

    /// Sees whether an answer comes and ends.
    private static final class Audience implements ClientResponse {
        private int status;
        private boolean ended;

        @Override
        public void start(int code, Headers headers, long length) {
            status = code;
        }

        @Override
        public void write(byte[] bytes, int from, int to) {
            // what it says is of no interest
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void abort() {
            // an answer that does not end is noticed
        }
    }
}
