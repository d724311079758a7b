package dev.sluice.protocol.bedrock;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.AnswerDecoding;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.eventstream.EventStreamReader;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;

/// Answers of the Converse API. They name neither themselves nor their model.
final class ConverseAnswers implements AnswerDecoding {
    @Override
    public String streamType() {
        return EventStreamReader.MEDIA_TYPE;
    }

    @Override
    public FrameReader frames() {
        return new EventStreamReader();
    }

    @Override
    public EventDecoder decoder(ToolNames names) {
        return new ConverseDecoder(names);
    }

    @Override
    public Outcome<Answer> decode(byte[] body, ToolNames names) {
        Json.Obj answer = JsonText.objectOrNull(body, 0, body.length);
        if (answer == null) {
            return malformed("it is not a JSON object");
        }
        Json.Obj output = answer.object("output");
        Json.Obj message = output == null ? null : output.object("message");
        if (message == null || !(message.field("content") instanceof Json.Arr(List<Json> content))) {
            Failure.Upstream failure = BedrockFailures.inAnswer(answer);
            return failure == null ? malformed("it has no message") : Outcome.bad(failure);
        }
        List<Block> blocks = new ArrayList<>(content.size());
        for (Json item : content) {
            if (item instanceof Json.Obj block) {
                blocks.add(ContentBlocks.read(block, names));
            }
        }
        boolean hasCalls = blocks.stream().anyMatch(block -> block instanceof Block.ToolCall);
        Json.Obj usage = answer.object("usage");
        return Outcome.ok(new Answer(
                "",
                "",
                0,
                blocks,
                StopReason.read(answer.text("stopReason"), hasCalls),
                usage == null ? Usage.NONE : UsageJson.read(usage)));
    }

    private static <T> Outcome<T> malformed(String why) {
        return Outcome.bad(
                Failure.Upstream.of(Category.MALFORMED_ANSWER, "The provider's answer is not a message: " + why + "."));
    }
}
