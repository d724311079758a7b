package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.List;

/// The events by which a client of a dialect knows that its stream has ended, well or not.
final class Terminals {
    /// @param good how many say that the answer is complete
    /// @param bad how many say that it failed
    /// @param last whether nothing comes behind them
    record Found(long good, long bad, boolean last) {}

    private Terminals() {}

    static Found in(String dialect, List<Json> events) {
        long good = events.stream().filter(event -> isGood(dialect, event)).count();
        long bad = events.stream().filter(event -> isBad(dialect, event)).count();
        boolean last = !events.isEmpty() && (isGood(dialect, events.getLast()) || isBad(dialect, events.getLast()));
        return new Found(good, bad, last);
    }

    private static boolean isGood(String dialect, Json event) {
        return switch (dialect) {
            case "anthropic" -> "message_stop".equals(data(event).text("type"));
            case "openai-chat" -> StreamCanon.isDone((Json.Obj) event);
            case "openai-responses" ->
                List.of("response.completed", "response.incomplete")
                        .contains(data(event).text("type", ""));
            case "gemini" ->
                JsonText.print(data(event)).contains("\"finishReason\":\"")
                        || JsonText.print(data(event)).contains("\"blockReason\":\"");
            case "ollama-chat" -> ((Json.Obj) event).isTrue("done");
            default -> throw new IllegalArgumentException(dialect);
        };
    }

    private static boolean isBad(String dialect, Json event) {
        return switch (dialect) {
            case "anthropic" -> "error".equals(data(event).text("type"));
            case "openai-chat", "gemini" -> data(event).has("error");
            case "openai-responses" ->
                List.of("response.failed", "error").contains(data(event).text("type", ""));
            case "ollama-chat" -> ((Json.Obj) event).has("error");
            default -> throw new IllegalArgumentException(dialect);
        };
    }

    private static Json.Obj data(Json event) {
        return ((Json.Obj) event).object("data") instanceof Json.Obj data ? data : Json.Obj.EMPTY;
    }
}
