package dev.sluice.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/// Answers of 200 content events as providers stream them.
final class Streams {
    static final int EVENTS = 200;

    private Streams() {}

    static byte[] chat() {
        StringBuilder text = new StringBuilder();
        chunk(text, "{\"role\":\"assistant\",\"content\":\"\"}", "null");
        for (int i = 0; i < EVENTS / 2; i++) {
            chunk(text, "{\"content\":\"word" + i + " caf\u00e9 \"}", "null");
        }
        chunk(
                text,
                "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"write\",\"arguments\":\"\"}}]}",
                "null");
        for (int i = 0; i < EVENTS / 2; i++) {
            chunk(
                    text,
                    "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\""
                            + (i == 0 ? "{\\\"a\\\":\\\"" : "x" + i) + "\"}}]}",
                    "null");
        }
        chunk(text, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"}\"}}]}", "null");
        chunk(text, "{}", "\"tool_calls\"");
        text.append(
                "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":200,\"total_tokens\":209}}\n\ndata: [DONE]\n\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void chunk(StringBuilder text, String delta, String finish) {
        text.append("data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",")
                .append("\"system_fingerprint\":\"fp_0123456789\",\"choices\":[{\"index\":0,\"delta\":")
                .append(delta)
                .append(",\"logprobs\":null,\"finish_reason\":")
                .append(finish)
                .append("}],\"usage\":null}\n\n");
    }

    static byte[] messages() {
        StringBuilder text = new StringBuilder();
        event(
                text,
                "message_start",
                "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}");
        event(text, "content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        for (int i = 0; i < EVENTS / 2; i++) {
            event(
                    text,
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"word" + i + " caf\u00e9 \"}");
        }
        event(text, "content_block_stop", "\"index\":0");
        event(
                text,
                "content_block_start",
                "\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"write\",\"input\":{}}");
        for (int i = 0; i < EVENTS / 2; i++) {
            event(
                    text,
                    "content_block_delta",
                    "\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\""
                            + (i == 0 ? "{\\\"a\\\":\\\"" : "x" + i) + "\"}");
        }
        event(
                text,
                "content_block_delta",
                "\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\\\"}\"}");
        event(text, "content_block_stop", "\"index\":1");
        event(
                text,
                "message_delta",
                "\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":200}");
        event(text, "message_stop", "");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void event(StringBuilder text, String type, String rest) {
        text.append("event: ")
                .append(type)
                .append("\ndata: {\"type\":\"")
                .append(type)
                .append('"');
        text.append(rest.isEmpty() ? "" : ",").append(rest).append("}\n\n");
    }

    static byte[] converse() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message(bytes, "messageStart", "{\"role\":\"assistant\"}");
        for (int i = 0; i < EVENTS / 2; i++) {
            message(
                    bytes,
                    "contentBlockDelta",
                    "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"word" + i + " caf\u00e9 \"}}");
        }
        message(bytes, "contentBlockStop", "{\"contentBlockIndex\":0}");
        message(
                bytes,
                "contentBlockStart",
                "{\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"write\"}}}");
        for (int i = 0; i < EVENTS / 2; i++) {
            message(
                    bytes,
                    "contentBlockDelta",
                    "{\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\""
                            + (i == 0 ? "{\\\"a\\\":\\\"" : "x" + i) + "\"}}}");
        }
        message(bytes, "contentBlockDelta", "{\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"\\\"}\"}}}");
        message(bytes, "contentBlockStop", "{\"contentBlockIndex\":1}");
        message(bytes, "messageStop", "{\"stopReason\":\"tool_use\"}");
        message(bytes, "metadata", "{\"usage\":{\"inputTokens\":9,\"outputTokens\":200,\"totalTokens\":209}}");
        return bytes.toByteArray();
    }

    private static void message(ByteArrayOutputStream bytes, String type, String json) {
        new Message(
                        Map.of(
                                ":message-type", HeaderValue.fromString("event"),
                                ":event-type", HeaderValue.fromString(type),
                                ":content-type", HeaderValue.fromString("application/json")),
                        json.getBytes(StandardCharsets.UTF_8))
                .encode(bytes);
    }
}
