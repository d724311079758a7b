package dev.sluice.protocol.ollama;

import dev.sluice.model.Block;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.TokenLogprob;
import dev.sluice.model.Tool;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.TextTool;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of an answer: in a conversation they hold a `message`, after a prompt a `response`.
final class Lines {
    private Lines() {}

    /// What every line of an answer begins with.
    static Json.Builder head(StreamEvent.Started started, ClientContext client) {
        String model = started.model().isEmpty() ? client.request().model() : started.model();
        return head(model, started.created() > 0 ? started.created() : client.now());
    }

    private static Json.Builder head(String model, long created) {
        return Json.object()
                .put("model", model)
                .put("created_at", Instant.ofEpochSecond(created).toString());
    }

    /// Puts what a line says: its text, and beside it thoughts, calls or pictures.
    static Json.Builder say(Json.Builder line, boolean isGenerate, String text, Json.Obj more) {
        return isGenerate
                ? line.put("response", text).putAll(more)
                : line.put(
                        "message",
                        Json.object()
                                .put("role", "assistant")
                                .put("content", text)
                                .putAll(more)
                                .build());
    }

    /// Puts the tokens of a line's text, if they are known.
    static void weigh(Json.Builder line, List<TokenLogprob> tokens) {
        line.putIf("logprobs", tokens.isEmpty() ? null : Logprobs.write(tokens, null));
    }

    /// The only line of an answer to a wish without words.
    static byte[] local(boolean isGenerate, String model, long now, String reason) {
        Json.Obj line = say(head(model, now), isGenerate, "", Json.Obj.EMPTY)
                .put("done", true)
                .put("done_reason", reason)
                .build();
        return (JsonText.print(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Seconds of the epoch; 0 for what is no time.
    static long created(Json.Obj line) {
        try {
            return OffsetDateTime.parse(line.text("created_at", "")).toEpochSecond();
        } catch (DateTimeException notATime) {
            return 0;
        }
    }

    /// A call as Ollama has it: its arguments are an object.
    static Json.Obj call(int index, String id, String name, Tool.Kind kind, String arguments) {
        Json.Obj function = Json.object()
                .put("index", index)
                .put("name", name)
                .put("arguments", arguments(kind, arguments))
                .build();
        return Json.object().put("id", id).put("function", function).build();
    }

    static Json.Obj call(int index, Block.ToolCall call) {
        return call(index, call.id(), call.name(), call.kind(), call.arguments());
    }

    /// Whether the call's arguments are an object, or none: what is neither becomes an empty one.
    static boolean hasObject(Block.ToolCall call) {
        return call.kind() == Tool.Kind.CUSTOM || call.arguments().isBlank() || object(call.arguments()) != null;
    }

    private static Json.Obj arguments(Tool.Kind kind, String text) {
        if (kind == Tool.Kind.CUSTOM) {
            return TextTool.arguments(text);
        }
        Json.Obj object = object(text);
        return object == null ? Json.Obj.EMPTY : object;
    }

    private static Json.@Nullable Obj object(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return JsonText.objectOrNull(bytes, 0, bytes.length);
    }

    /// The failure that a line tells of, if it does.
    static @Nullable String error(Json.Obj line) {
        return switch (line.present("error")) {
            case Json.Str(String text) -> text;
            case Json.Obj object -> object.text("message", JsonText.print(object));
            case null, default -> null;
        };
    }
}
