package dev.sluice.cli.provider;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.Tool;
import java.util.List;

/// The two short requests that a trial sends to a model.
final class TrialRequests {
    static final String TOOL = "current_time";

    /// Enough for a model that thinks first.
    private static final long MOST_TOKENS = 512;

    private TrialRequests() {}

    static ChatRequest words(Dialect dialect, String model) {
        return request(dialect, model, "Answer with the one word: ready").build();
    }

    static ChatRequest tool(Dialect dialect, String model) {
        Json.Obj zone = Json.object()
                .put("type", "string")
                .put("description", "A time zone, such as UTC")
                .build();
        Json.Obj schema = Json.object()
                .put("type", "object")
                .put("properties", Json.object().put("zone", zone).build())
                .put("required", Json.strings(List.of("zone")))
                .build();
        Tool tool = new Tool.Function(
                TOOL,
                "Tells what time it is in a time zone.",
                schema,
                null,
                false,
                new Extras(dialect, Json.Obj.EMPTY),
                Mark.NONE);
        return request(dialect, model, "Call the tool " + TOOL + " for the zone UTC. Do not answer in words.")
                .tools(List.of(tool))
                .build();
    }

    private static ChatRequest.Builder request(Dialect dialect, String model, String text) {
        Message message = new Message(Message.Role.USER, List.of(new Block.Text(text)));
        return new ChatRequest.Builder(dialect)
                .model(model).stream(true).messages(List.of(message)).maxOutputTokens(MOST_TOKENS);
    }
}
