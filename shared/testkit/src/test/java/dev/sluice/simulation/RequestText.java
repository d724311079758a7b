package dev.sluice.simulation;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;

/// A coding tool's request for one turn, and its number read back from what reaches a provider.
final class RequestText {
    static final String KEY = "slc_simulated-key-0123456789";
    private static final String MARK = "Request #";
    private static final String SYSTEM = "You are a coding tool. ".repeat(20);
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},\"required\":[\"path\"]}";

    private RequestText() {}

    static InboundRequest of(Load.Turn turn) {
        return turn.dialect() == Dialect.ANTHROPIC ? messages(turn) : chat(turn);
    }

    private static String said(Load.Turn turn) {
        return MARK + turn.number() + "# is turn " + turn.turn() + " of session " + turn.session() + ".";
    }

    private static InboundRequest messages(Load.Turn turn) {
        String body = "{\"model\":\"coding\",\"max_tokens\":256,\"stream\":true,\"system\":\"" + SYSTEM
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + said(turn) + "\"}],"
                + "\"tools\":[{\"name\":\"read\",\"description\":\"Reads a file\",\"input_schema\":" + SCHEMA + "}]}";
        return post(
                "/v1/messages",
                body,
                "x-api-key",
                KEY,
                "anthropic-version",
                "2023-06-01",
                "x-claude-code-session-id",
                "session-" + turn.session());
    }

    private static InboundRequest chat(Load.Turn turn) {
        String body = "{\"model\":\"coding\",\"max_tokens\":256,\"stream\":true,\"messages\":[{\"role\":\"system\","
                + "\"content\":\"" + SYSTEM + "\"},{\"role\":\"user\",\"content\":\"" + said(turn) + "\"}],"
                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"read\",\"description\":\"Reads a file\","
                + "\"parameters\":" + SCHEMA + "}}]}";
        return post(
                "/v1/chat/completions",
                body,
                "authorization",
                "Bearer " + KEY,
                "x-session-id",
                "session-" + turn.session());
    }

    private static InboundRequest post(String path, String body, String... headers) {
        return new InboundRequest(
                "POST",
                path,
                "",
                Headers.of("content-type", "application/json").and(Headers.of(headers)),
                body.getBytes(StandardCharsets.UTF_8),
                null,
                "127.0.0.1");
    }

    /// The number of the client's request in a body that reached a provider.
    static int number(String body) {
        int from = body.indexOf(MARK) + MARK.length();
        return Integer.parseInt(body.substring(from, body.indexOf('#', from)));
    }
}
