package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.CapabilityNames;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the tests of this dialect have in common: a codec with a fixed seal, and short ways to run it.
final class Chat {
    static final Seal SEAL = new Seal(new byte[32]);
    static final ChatCodec CODEC = new ChatCodec(SEAL);

    private Chat() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Json.Obj json(String text) {
        Json.Obj object = JsonText.objectOrNull(text);
        if (object == null) {
            throw new AssertionError("not a JSON object: " + text);
        }
        return object;
    }

    static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Bad<T>(Failure failure) -> throw new AssertionError(failure);
        };
    }

    static <T> Failure bad(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> throw new AssertionError("not refused: " + value);
            case Outcome.Bad<T>(Failure failure) -> failure;
        };
    }

    static Outcome<Outline> outline(String body) {
        return CODEC.requests().outline(bytes(body), RequestHead.NONE);
    }

    static ChatRequest request(String body) {
        return ok(CODEC.requests().decode(ok(outline(body))));
    }

    static TargetProfile target(String caps) {
        return target(caps, Policies.DEFAULT);
    }

    static TargetProfile target(String caps, Policies policies) {
        Capabilities capabilities = ok(CapabilityNames.read(json(caps), Set.of()));
        return new TargetProfile(Dialect.OPENAI_CHAT, "real", capabilities, policies);
    }

    static EncodedRequest encoded(ChatRequest request, String caps) {
        return ok(CODEC.requests().encode(request, target(caps)));
    }

    static Json.Obj body(EncodedRequest encoded) {
        return json(new String(encoded.body(), StandardCharsets.UTF_8));
    }

    static ClientContext client(String body) {
        return new ClientContext(request(body), Outline.NONE, "abc", 1_700_000_000);
    }

    static ClientContext client() {
        return client("{\"model\":\"m\",\"stream\":true,\"messages\":[]}");
    }

    /// The chunks as an SSE stream, each with an id and a model, and without an end.
    static String stream(String... choices) {
        StringBuilder text = new StringBuilder();
        for (String choice : choices) {
            text.append(
                            "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"up\",")
                    .append("\"choices\":[")
                    .append(choice)
                    .append("]}\n\n");
        }
        return text.toString();
    }

    static String delta(String delta) {
        return "{\"index\":0,\"delta\":{" + delta + "},\"finish_reason\":null}";
    }

    static String finish(String reason) {
        return "{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}";
    }

    static List<StreamEvent> events(String stream) {
        return events(stream, ToolNames.none());
    }

    static List<StreamEvent> events(String stream, ToolNames names) {
        FrameReader frames = CODEC.answers().frames();
        EventDecoder decoder = CODEC.answers().decoder(names);
        List<StreamEvent> events = new ArrayList<>();
        byte[] bytes = bytes(stream);
        frames.feed(bytes, 0, bytes.length, frame -> decoder.feed(frame, events::add));
        frames.end(frame -> decoder.feed(frame, events::add));
        decoder.end(false, events::add);
        return events;
    }

    /// Everything that the deltas of one block say.
    static String said(List<StreamEvent> events, int block) {
        StringBuilder text = new StringBuilder();
        for (StreamEvent event : events) {
            switch (event) {
                case StreamEvent.TextDelta(int index, String piece) when index == block -> text.append(piece);
                case StreamEvent.ArgumentsDelta(int index, String piece) when index == block -> text.append(piece);
                default -> {}
            }
        }
        return text.toString();
    }

    static String written(ClientContext client, StreamEvent... events) {
        EventEncoder encoder = CODEC.answers().encoder(client);
        ByteSink out = new ByteSink(64);
        for (StreamEvent event : events) {
            encoder.encode(event, out);
        }
        return out.text();
    }

    /// The JSON of each data line but `[DONE]`.
    static List<Json.Obj> chunks(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> json(line.substring(6)))
                .toList();
    }

    static Json.Obj deltaOf(Json.Obj chunk) {
        Json.Obj choice = (Json.Obj) chunk.items("choices").getFirst();
        return java.util.Objects.requireNonNull(choice.object("delta"));
    }

    static Headers none() {
        return Headers.NONE;
    }
}
