package dev.sluice.simulation;

import dev.sluice.model.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The bytes of a provider's streamed answer, piece by piece: the beginning, content or a tool call, the end.
final class AnswerText {
    static final int INPUT_TOKENS = 100;
    static final int OUTPUT_TOKENS = 50;

    private AnswerText() {}

    /// @param callsTool whether the model calls a tool instead of talking
    static List<byte[]> pieces(Dialect dialect, boolean callsTool) {
        List<String> pieces = dialect == Dialect.ANTHROPIC ? anthropic(callsTool) : chat(callsTool);
        return pieces.stream()
                .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> anthropic(boolean callsTool) {
        String start = event("message_start", """
                "message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,\
                "stop_sequence":null,"usage":{"input_tokens":100,"output_tokens":1}}""");
        String block = event(
                "content_block_start",
                "\"index\":0,\"content_block\":"
                        + (callsTool
                                ? "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"read\",\"input\":{}}"
                                : "{\"type\":\"text\",\"text\":\"\"}"));
        String end = event("content_block_stop", "\"index\":0")
                + event(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":\"" + (callsTool ? "tool_use" : "end_turn")
                                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":50}")
                + event("message_stop", "");
        return List.of(
                start + block + anthropicDelta(callsTool, callsTool ? "{\\\"path\\\":" : "Some "),
                anthropicDelta(callsTool, callsTool ? "\\\"a.txt\\\"" : "words "),
                anthropicDelta(callsTool, callsTool ? "}" : "more.") + end);
    }

    private static String anthropicDelta(boolean callsTool, String text) {
        String delta = callsTool
                ? "{\"type\":\"input_json_delta\",\"partial_json\":\"" + text + "\"}"
                : "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}";
        return event("content_block_delta", "\"index\":0,\"delta\":" + delta);
    }

    private static String event(String type, String rest) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (rest.isEmpty() ? "" : "," + rest) + "}\n\n";
    }

    private static List<String> chat(boolean callsTool) {
        String role = chunk("{\"role\":\"assistant\",\"content\":" + (callsTool ? "null" : "\"\"") + "}", "null");
        if (!callsTool) {
            return List.of(
                    role + chunk("{\"content\":\"Some \"}", "null"),
                    chunk("{\"content\":\"words \"}", "null"),
                    chunk("{\"content\":\"more.\"}", "null") + end("stop"));
        }
        String first = "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"read\",\"arguments\":\"\"}}]}";
        return List.of(
                role + chunk(first, "null"),
                chunk(chatArguments("{\\\"path\\\":"), "null"),
                chunk(chatArguments("\\\"a.txt\\\"}"), "null") + end("tool_calls"));
    }

    private static String chatArguments(String text) {
        return "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + text + "\"}}]}";
    }

    private static String end(String reason) {
        return chunk("{}", "\"" + reason + "\"")
                + "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":150}}\n\n"
                + "data: [DONE]\n\n";
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{"
                + "\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }
}
