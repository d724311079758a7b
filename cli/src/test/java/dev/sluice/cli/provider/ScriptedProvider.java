package dev.sluice.cli.provider;

import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/// A provider on loopback that speaks Chat Completions and Messages, lists its models and knows one secret.
public final class ScriptedProvider {
    public static final String SECRET = "the-right-secret-0123456789";

    private static final String STREAM = "text/event-stream";

    private ScriptedProvider() {}

    /// Answers as it should.
    public static ScriptedServer well() throws IOException {
        return playing(_ -> "");
    }

    /// @param odd the answer to a request; empty: as it should be
    public static ScriptedServer playing(UnaryOperator<String> odd) throws IOException {
        return ScriptedServer.playing(peer -> {
            for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
                String answer = odd.apply(request);
                send(peer, answer.isEmpty() ? well(request) : answer);
            }
        });
    }

    private static void send(ScriptedPeer peer, String answer) throws IOException {
        peer.send(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static String well(String request) {
        if (!request.contains(SECRET)) {
            return answer("401 Unauthorized", "application/json", "{\"error\":{\"message\":\"Incorrect API key\"}}");
        }
        if (request.startsWith("GET /v1/models")) {
            return json("{\"data\":[{\"id\":\"m1\",\"context_length\":1000},{\"id\":\"m2\"}]}");
        }
        if (request.startsWith("POST /v1/messages")) {
            return stream(isTool(request) ? messagesCall() : messagesText());
        }
        return request.startsWith("POST /v1/chat/completions")
                ? stream(isTool(request) ? chatCall() : chatText())
                : answer("404 Not Found", "application/json", "{\"error\":{\"message\":\"no such path\"}}");
    }

    public static boolean isTool(String request) {
        return request.contains("\"tools\"");
    }

    public static String json(String body) {
        return answer("200 OK", "application/json", body);
    }

    public static String stream(String body) {
        return answer("200 OK", STREAM, body);
    }

    public static String answer(String status, String type, String body) {
        return "HTTP/1.1 " + status + "\r\ncontent-type: " + type + "\r\ncontent-length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    public static String chatText() {
        return """
                data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m1","choices":[{"index":0,"delta":{"role":"assistant","content":"ready"},"finish_reason":null}]}

                data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}

                data: [DONE]

                """;
    }

    public static String chatCall() {
        return """
                data: {"id":"c2","object":"chat.completion.chunk","created":1,"model":"m1","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"current_time","arguments":"{\\"zone\\":\\"UTC\\"}"}}]},"finish_reason":null}]}

                data: {"id":"c2","object":"chat.completion.chunk","created":1,"model":"m1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":40,"completion_tokens":9,"total_tokens":49}}

                data: [DONE]

                """;
    }

    private static String messagesText() {
        return """
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m1","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":1}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"ready"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":2}}

                event: message_stop
                data: {"type":"message_stop"}

                """;
    }

    private static String messagesCall() {
        return """
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_2","type":"message","role":"assistant","model":"m1","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":1}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"current_time","input":{}}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"zone\\":\\"UTC\\"}"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":9}}

                event: message_stop
                data: {"type":"message_stop"}

                """;
    }
}
