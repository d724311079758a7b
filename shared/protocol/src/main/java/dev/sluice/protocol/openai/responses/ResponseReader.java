package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Usage;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.PropertyText;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A provider's whole answer. Forgiving: what is not understood is kept for its own dialect.
final class ResponseReader {
    private static final Set<String> FAILED = Set.of("failed", "cancelled");

    private final ToolNames names;

    ResponseReader(ToolNames names) {
        this.names = names;
    }

    Outcome<Answer> read(Json.Obj response) {
        if (isFailed(response)) {
            return Outcome.bad(ResponsesFailures.ofResponse(response));
        }
        if (!(response.field("output") instanceof Json.Arr(List<Json> output))) {
            return ResponsesAnswers.malformed("no output");
        }
        List<Block> blocks = new ArrayList<>();
        for (Json item : output) {
            if (item instanceof Json.Obj object) {
                item(object, blocks);
            }
        }
        boolean calls = blocks.stream().anyMatch(Block.ToolCall.class::isInstance);
        boolean refused = blocks.stream().anyMatch(Block.Refusal.class::isInstance);
        Json.Obj usage = response.object("usage");
        return Outcome.ok(new Answer(
                response.text("id", ""),
                response.text("model", ""),
                created(response),
                blocks,
                EndWords.read(response.text("status"), response.object("incomplete_details"), calls, refused),
                usage == null ? Usage.NONE : UsageJson.read(usage)));
    }

    static boolean isFailed(Json.Obj response) {
        return response.present("error") != null || FAILED.contains(response.text("status", ""));
    }

    /// Seconds of the epoch; 0 when unknown.
    static long created(Json.Obj response) {
        Long created = response.whole("created_at");
        return created == null ? 0 : created;
    }

    private void item(Json.Obj item, List<Block> blocks) {
        switch (item.text("type", "")) {
            case "message" -> {
                for (Json each : item.items("content")) {
                    if (each instanceof Json.Obj part) {
                        blocks.add(part(part));
                    }
                }
            }
            case "reasoning" -> {
                Block block = ReasoningItem.read(item);
                if (block != null) {
                    blocks.add(block);
                }
            }
            case "function_call", "custom_tool_call" -> blocks.add(call(item));
            default -> blocks.add(HostedItem.read(item));
        }
    }

    private static Block part(Json.Obj part) {
        return isRefusal(part)
                ? new Block.Refusal(part.text("refusal", ""), Mark.NONE)
                : new Block.Text(
                        part.text("text", ""),
                        Annotations.read(part),
                        Logprobs.read(part.items(ResponsesEventDecoder.LOGPROBS)),
                        Mark.NONE);
    }

    static boolean isRefusal(Json.Obj part) {
        return "refusal".equals(part.text("type"));
    }

    private Block call(Json.Obj item) {
        CallItem call = CallItem.of(item, names);
        PropertyText text = call.text();
        String arguments = CallItem.arguments(item);
        return new Block.ToolCall(
                call.opening().id(),
                call.opening().name(),
                call.opening().namespace(),
                call.opening().kind(),
                text == null ? arguments : text.feed(arguments) + text.end(),
                null,
                Mark.NONE);
    }
}
