package dev.sluice.protocol.ollama;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.TokenLogprob;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.ndjson.NdjsonReader;
import dev.sluice.protocol.translate.ImageType;
import dev.sluice.protocol.translate.Logprobs;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;

/// Answers of Ollama's API.
final class OllamaAnswers implements AnswerCodec {
    @Override
    public String streamType() {
        return NdjsonReader.MEDIA_TYPE;
    }

    @Override
    public FrameReader frames() {
        return new NdjsonReader();
    }

    @Override
    public EventDecoder decoder(ToolNames names) {
        return new LineDecoder(names);
    }

    @Override
    public EventEncoder encoder(ClientContext client) {
        return new LineEncoder(client);
    }

    @Override
    public StreamTap tap(EncodedRequest sent, Outline asked) {
        return new LineTap(asked);
    }

    @Override
    public Outcome<Answer> decode(byte[] body, ToolNames names) {
        return answer(body).then((Json.Obj line) -> {
            Json.Obj message = line.object("message");
            List<TokenLogprob> tokens = Logprobs.read(line.items("logprobs"));
            List<Block> blocks = message == null
                    ? blocks(line, "response", tokens, names)
                    : blocks(message, "content", tokens, names);
            boolean calls = blocks.stream().anyMatch(Block.ToolCall.class::isInstance);
            return Outcome.ok(new Answer(
                    "",
                    line.text("model", ""),
                    Lines.created(line),
                    blocks,
                    DoneReason.read(line.text("done_reason", ""), calls),
                    UsageJson.read(line)));
        });
    }

    private static Outcome<Json.Obj> answer(byte[] body) {
        Json.Obj line = JsonText.objectOrNull(body, 0, body.length);
        if (line == null) {
            return malformed("it is not a JSON object");
        }
        String error = Lines.error(line);
        if (error != null) {
            return Outcome.bad(OllamaFailures.inStream(error));
        }
        boolean isAnswer = line.object("message") != null || line.text("response") != null;
        return isAnswer ? Outcome.ok(line) : malformed("it has no message");
    }

    private static <T> Outcome<T> malformed(String why) {
        return Outcome.bad(Failure.Upstream.of(
                Failure.Category.MALFORMED_ANSWER, "The provider's answer is not one of Ollama's: " + why + "."));
    }

    private static List<Block> blocks(Json.Obj message, String field, List<TokenLogprob> tokens, ToolNames names) {
        List<Block> blocks = new ArrayList<>();
        String thinking = message.text("thinking", "");
        if (!thinking.isEmpty()) {
            blocks.add(new Block.Reasoning(thinking, null, Mark.NONE));
        }
        String text = message.text(field, "");
        if (!text.isEmpty()) {
            blocks.add(new Block.Text(text, List.of(), tokens, Mark.NONE));
        }
        for (Json image : message.items("images")) {
            if (image instanceof Json.Str(String data)) {
                blocks.add(image(data));
            }
        }
        int calls = 0;
        for (Json item : message.items("tool_calls")) {
            if (item instanceof Json.Obj call) {
                blocks.add(call(call, calls++, names));
            }
        }
        return blocks;
    }

    static Block.GeneratedImage image(String data) {
        return new Block.GeneratedImage(data, ImageType.ofBase64(data), Mark.NONE);
    }

    /// A server's call. Older ones give no id: it is made of the call and its place, the same each time.
    static Block.ToolCall call(Json.Obj call, int ordinal, ToolNames names) {
        Json.Obj function = call.object("function");
        Json.Obj body = function == null ? Json.Obj.EMPTY : function;
        String name = body.text("name", "");
        Json.Obj arguments = body.object("arguments");
        String text = arguments == null ? body.text("arguments", "{}") : JsonText.print(arguments);
        String id = call.text("id", "");
        ToolNames.Original original = names.toClient(name);
        String property = original.property();
        String given = property == null || arguments == null ? null : arguments.text(property);
        return new Block.ToolCall(
                id.isEmpty() ? "call_" + ToolNames.hash(ordinal + "/" + name + "/" + text) + ordinal : id,
                original.name(),
                original.namespace(),
                original.kind(),
                given == null ? text : given,
                null,
                Mark.NONE);
    }

    @Override
    public byte[] encode(Answer answer, ClientContext client) {
        boolean isGenerate = Operation.of(client.asked().head()) == Operation.GENERATE;
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<Json> calls = new ArrayList<>();
        List<Json> images = new ArrayList<>();
        List<TokenLogprob> tokens = new ArrayList<>(0);
        for (Block block : answer.blocks()) {
            switch (block) {
                case Block.Text said -> {
                    text.append(said.text());
                    tokens.addAll(said.logprobs());
                }
                case Block.Refusal said -> {
                    text.append(said.text());
                    tokens.addAll(said.logprobs());
                }
                case Block.Reasoning thought -> thinking.append(thought.text());
                case Block.ToolCall call -> calls.add(Lines.call(calls.size(), call));
                case Block.GeneratedImage image -> images.add(Json.of(image.base64()));
                case Block.EncryptedReasoning _, Block.ServerToolCall _, Block.ServerToolResult _ -> {}
                case Block.Image _, Block.Document _, Block.Audio _, Block.Video _ -> {}
                case Block.ToolResult _, Block.SearchResult _, Block.Unmodelled _ -> {}
            }
        }
        Json.Obj more = Json.object()
                .putIf("thinking", thinking.isEmpty() ? null : thinking.toString())
                .putIf("images", images.isEmpty() ? null : new Json.Arr(images))
                .putIf("tool_calls", calls.isEmpty() ? null : new Json.Arr(calls))
                .build();
        Json.Builder head = Lines.head(new StreamEvent.Started("", answer.model(), answer.created()), client);
        Json.Builder line = Lines.say(head, isGenerate, text.toString(), more)
                .put("done", true)
                .put("done_reason", DoneReason.write(answer.finish().reason()));
        Lines.weigh(line, tokens);
        long whole = client.elapsed().getAsLong();
        return JsonText.bytes(
                UsageJson.write(line, answer.usage(), whole, whole).build());
    }

    @Override
    public Outcome<Tapped> tap(byte[] body) {
        return answer(body).then((Json.Obj line) -> {
            Json.Obj message = line.object("message");
            boolean calls = message != null && !message.items("tool_calls").isEmpty();
            return Outcome.ok(new Tapped(UsageJson.read(line), DoneReason.read(line.text("done_reason", ""), calls)));
        });
    }
}
