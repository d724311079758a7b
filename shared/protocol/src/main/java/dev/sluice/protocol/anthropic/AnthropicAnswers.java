package dev.sluice.protocol.anthropic;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.FailureClassifier;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers of the Messages API.
final class AnthropicAnswers implements AnswerCodec {
    private final Seal seal;

    AnthropicAnswers(Seal seal) {
        this.seal = seal;
    }

    @Override
    public String streamType() {
        return SseReader.MEDIA_TYPE;
    }

    @Override
    public FrameReader frames() {
        return new SseReader();
    }

    @Override
    public EventDecoder decoder(ToolNames names) {
        return new AnthropicEventDecoder(names);
    }

    @Override
    public EventEncoder encoder(ClientContext client) {
        return new AnthropicEventEncoder(client, seal);
    }

    @Override
    public StreamTap tap(EncodedRequest sent, Outline asked) {
        return new AnthropicTap();
    }

    @Override
    public Outcome<Answer> decode(byte[] body, ToolNames names) {
        Json.Obj message = JsonText.objectOrNull(body, 0, body.length);
        if (message == null) {
            return malformed("it is not a JSON object");
        }
        if (message.object("error") != null) {
            return Outcome.bad(FailureClassifier.classify(AnthropicFailures.inAnswer(message)));
        }
        if (!(message.field("content") instanceof Json.Arr(List<Json> content))) {
            return malformed("it has no content");
        }
        List<Block> blocks = new ArrayList<>(content.size());
        for (Json item : content) {
            if (item instanceof Json.Obj block) {
                blocks.add(AnswerBlocks.decode(block, names));
            }
        }
        Json.Obj usage = message.object("usage");
        return Outcome.ok(new Answer(
                message.text("id", ""),
                message.text("model", ""),
                0,
                blocks,
                StopReason.decode(message, hasCalls(blocks)),
                usage == null ? Usage.NONE : UsageJson.decode(usage, Usage.NONE)));
    }

    private static boolean hasCalls(List<Block> blocks) {
        return blocks.stream().anyMatch(block -> block instanceof Block.ToolCall);
    }

    private static <T> Outcome<T> malformed(String why) {
        return Outcome.bad(
                Failure.Upstream.of(Category.MALFORMED_ANSWER, "The provider's answer is not a message: " + why + "."));
    }

    @Override
    public byte[] encode(Answer answer, ClientContext client) {
        ToolIds ids = new ToolIds(client.answerId());
        List<Json> content = new ArrayList<>(answer.blocks().size());
        for (Block block : answer.blocks()) {
            Json.Obj encoded = AnswerBlocks.encode(block, seal, ids);
            if (encoded != null) {
                content.add(encoded);
            }
        }
        Json.Builder message = Json.object()
                .put("id", MessageHead.id(answer.id(), client))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", MessageHead.model(answer.model(), client))
                .put("content", Json.array(content));
        StopReason.encode(message, answer.finish(), hasCalls(answer.blocks()))
                .put("container", Json.NULL)
                .put("diagnostics", Json.NULL)
                .put("usage", UsageJson.whole(answer.usage()));
        return JsonText.bytes(message.build());
    }

    @Override
    public Outcome<Tapped> tap(byte[] body) {
        return switch (JsonScanner.topLevel(body)) {
            case Outcome.Bad<JsonSpans> _ -> malformed("it is not a JSON object");
            case Outcome.Ok<JsonSpans>(JsonSpans top) -> tap(body, top);
        };
    }

    /// Builds only the few fields it reads: the content stays bytes.
    private static Outcome<Tapped> tap(byte[] body, JsonSpans top) {
        Json.Obj error = objectAt(body, top.field("error"));
        if (error != null) {
            Json.Obj whole = Json.object().put("error", error).build();
            return Outcome.bad(FailureClassifier.classify(AnthropicFailures.inAnswer(whole)));
        }
        if (top.field("content") == null) {
            return malformed("it has no content");
        }
        Json.Obj usage = objectAt(body, top.field("usage"));
        Json.Builder end = Json.object().putIf("stop_details", objectAt(body, top.field("stop_details")));
        for (String name : List.of("stop_reason", "stop_sequence")) {
            JsonSpans.Span span = top.field(name);
            end.putIf(name, span == null ? null : JsonScanner.string(body, span));
        }
        return Outcome.ok(new Tapped(
                usage == null ? Usage.NONE : UsageJson.decode(usage, Usage.NONE),
                StopReason.decode(end.build(), false)));
    }

    private static Json.@Nullable Obj objectAt(byte[] body, JsonSpans.@Nullable Span span) {
        return span == null ? null : JsonText.objectOrNull(body, span.from(), span.to());
    }
}
