package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;

/// A dialect as clients and providers speak it on the wire: its requests, answers, streams and errors.
enum Talk {
    CHAT("/v1/chat/completions", "authorization: Bearer ") {
        @Override
        String request(String model, String text, boolean stream) {
            return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]"
                    + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
        }

        @Override
        String opening(int promptTokens) {
            return chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
        }

        @Override
        String content(String text) {
            return chunk("{\"content\":\"" + text + "\"}", "null");
        }

        @Override
        String closing(int promptTokens, int outputTokens) {
            return chunk("{}", "\"stop\"")
                    + "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                    + "\"usage\":" + usage(promptTokens, outputTokens) + "}\n\n";
        }

        @Override
        String terminal() {
            return "data: [DONE]\n\n";
        }

        private static String chunk(String delta, String finish) {
            return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
        }

        private static String usage(int promptTokens, int outputTokens) {
            return "{\"prompt_tokens\":" + promptTokens + ",\"completion_tokens\":" + outputTokens
                    + ",\"total_tokens\":" + (promptTokens + outputTokens) + "}";
        }

        @Override
        String answer(String text) {
            return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\",\"refusal\":null},"
                    + "\"finish_reason\":\"stop\",\"logprobs\":null}],\"usage\":" + usage(5, 2) + "}";
        }

        @Override
        String errorEvent() {
            return "data: {\"error\":{\"message\":\"The server is overloaded.\",\"type\":\"server_error\",\"param\":null,"
                    + "\"code\":503}}\n\n";
        }

        @Override
        String text(Json.Obj event) {
            for (Json choice : event.items("choices")) {
                if (choice instanceof Json.Obj object && object.object("delta") instanceof Json.Obj delta) {
                    return delta.text("content", "");
                }
            }
            return "";
        }

        @Override
        boolean isError(Json.Obj body) {
            Json.Obj error = body.object("error");
            return error != null
                    && !error.text("message", "").isEmpty()
                    && !error.text("type", "").isEmpty()
                    && error.has("param")
                    && error.has("code");
        }
    },

    MESSAGES("/v1/messages", "anthropic-version: 2023-06-01\r\nx-api-key: ") {
        @Override
        String request(String model, String text, boolean stream) {
            return "{\"model\":\"" + model + "\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\""
                    + text + "\"}]" + (stream ? ",\"stream\":true}" : "}");
        }

        @Override
        String opening(int promptTokens) {
            return event(
                            "message_start",
                            "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                                    + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                                    + "\"usage\":{\"input_tokens\":" + promptTokens + ",\"output_tokens\":1}}")
                    + event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        }

        @Override
        String content(String text) {
            return event(
                    "content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
        }

        @Override
        String closing(int promptTokens, int outputTokens) {
            return event("content_block_stop", "\"index\":0")
                    + event(
                            "message_delta",
                            "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                    + "\"usage\":{\"output_tokens\":" + outputTokens + "}");
        }

        @Override
        String terminal() {
            return "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        }

        private static String event(String name, String fields) {
            return "event: " + name + "\ndata: {\"type\":\"" + name + "\"," + fields + "}\n\n";
        }

        @Override
        String answer(String text) {
            return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[{\"type\":"
                    + "\"text\",\"text\":\"" + text + "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":5,\"output_tokens\":2}}";
        }

        @Override
        String errorEvent() {
            return event("error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}");
        }

        @Override
        String text(Json.Obj event) {
            Json.Obj delta = event.object("delta");
            return delta == null ? "" : delta.text("text", "");
        }

        @Override
        boolean isError(Json.Obj body) {
            Json.Obj error = body.object("error");
            return body.text("type", "").equals("error")
                    && error != null
                    && !error.text("type", "").isEmpty()
                    && !error.text("message", "").isEmpty();
        }
    };

    private final String path;
    private final String keyHeader;

    Talk(String path, String keyHeader) {
        this.path = path;
        this.keyHeader = keyHeader;
    }

    abstract String request(String model, String text, boolean stream);

    /// What a stream begins with, before content.
    abstract String opening(int promptTokens);

    abstract String content(String text);

    /// The end of the content, the reason, the usage.
    abstract String closing(int promptTokens, int outputTokens);

    abstract String terminal();

    abstract String answer(String text);

    abstract String errorEvent();

    /// The text that one event of a stream adds.
    abstract String text(Json.Obj event);

    /// Whether that is an error in the dialect's own form.
    abstract boolean isError(Json.Obj body);

    String path() {
        return path;
    }

    String stream(String text) {
        return opening(5) + content(text) + closing(5, 2) + terminal();
    }

    /// A POST with the gateway's key.
    String post(String body) {
        return head("POST", body) + body;
    }

    String head(String method, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return headWithout(method) + "content-length: " + length + "\r\n\r\n";
    }

    /// Line and headers, open for more of them.
    String headWithout(String method) {
        return method + " " + path + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n" + keyHeader
                + RunningGateway.KEY + "\r\n";
    }

    String keyHeader(String key) {
        return keyHeader + key + "\r\n";
    }

    /// Whether that is one event as the dialect's clients read it: a name where it has names, and an object.
    boolean isWellFormed(String event) {
        int line = event.lastIndexOf('\n');
        boolean isNamed = this == CHAT ? line < 0 : event.startsWith("event: ") && line == event.indexOf('\n');
        String data = event.substring(line + 1);
        return isNamed && data.startsWith("data: ") && JsonText.objectOrNull(data.substring("data: ".length())) != null;
    }

    /// The text of a whole stream of events.
    String textOf(String stream) {
        StringBuilder text = new StringBuilder();
        stream.lines().filter(line -> line.startsWith("data: {")).forEach(line -> {
            Json.Obj event = JsonText.objectOrNull(line.substring("data: ".length()));
            assertThat(event).as(line).isNotNull();
            text.append(text(event));
        });
        return text.toString();
    }

    boolean hasCleanEnd(String stream) {
        return stream.endsWith(terminal());
    }
}
