package dev.sluice.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Capabilities.Thinking;
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
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the tests of this dialect share: short ways through its codec.
final class Messages {
    static final Seal SEAL = new Seal("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    static final AnthropicCodec CODEC = new AnthropicCodec(SEAL);
    static final Capabilities CAPS = Capabilities.DEFAULT;

    private Messages() {}

    static Capabilities caps(Thinking thinking, boolean prefill, boolean structuredOutput) {
        return new Capabilities(
                null,
                64_000L,
                true,
                true,
                null,
                true,
                true,
                true,
                true,
                CAPS.efforts(),
                thinking,
                CAPS.reasoningHistory(),
                true,
                null,
                false,
                structuredOutput,
                true,
                false,
                null,
                null,
                true,
                prefill,
                false,
                false,
                CAPS.geminiThinking(),
                null,
                CAPS.quirks());
    }

    static RequestHead head(String... headers) {
        return new RequestHead("/v1/messages", Map.of(), Headers.of(headers));
    }

    static Outcome<Outline> outlined(String body) {
        return CODEC.requests().outline(body.getBytes(StandardCharsets.UTF_8), head());
    }

    static Outline outline(String body, RequestHead head) {
        return ok(CODEC.requests().outline(body.getBytes(StandardCharsets.UTF_8), head));
    }

    static ChatRequest decode(String body) {
        return ok(CODEC.requests().decode(outline(body, head())));
    }

    static Failure.Refused refusal(String body) {
        return (Failure.Refused) bad(outlined(body).then(CODEC.requests()::decode));
    }

    static Outcome<EncodedRequest> encoded(ChatRequest request, Capabilities caps, Policies policies) {
        return CODEC.requests().encode(request, new TargetProfile(Dialect.ANTHROPIC, "target", caps, policies));
    }

    static EncodedRequest encode(ChatRequest request) {
        return ok(encoded(request, CAPS, Policies.DEFAULT));
    }

    static Json.Obj body(EncodedRequest request) {
        return json(new String(request.body(), StandardCharsets.UTF_8));
    }

    static Json.Obj json(String text) {
        Json.Obj object = JsonText.objectOrNull(text);
        assertThat(object).as(text).isNotNull();
        return object;
    }

    /// The value at a path such as `messages[0].content[1].type`, printed.
    static String at(Json.Obj root, String path) {
        Json value = root;
        for (String part : path.replace("[", ".[").split("\\.", -1)) {
            if (part.startsWith("[")) {
                value = ((Json.Arr) value).items().get(Integer.parseInt(part.substring(1, part.length() - 1)));
            } else if (!part.isEmpty()) {
                value = ((Json.Obj) value).field(part);
            }
            if (value == null) {
                return "absent";
            }
        }
        return value instanceof Json.Str(String text) ? text : JsonText.print(value);
    }

    static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Bad<T>(Failure failure) -> throw new AssertionError(failure.toString());
        };
    }

    static <T> Failure bad(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> throw new AssertionError("expected a failure, got " + value);
            case Outcome.Bad<T>(Failure failure) -> failure;
        };
    }

    static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    static List<StreamEvent> events(String stream, ToolNames names) {
        var decoder = CODEC.answers().decoder(names);
        List<StreamEvent> events = new ArrayList<>();
        SseReader reader = new SseReader();
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        reader.feed(bytes, 0, bytes.length, frame -> decoder.feed(frame, events::add));
        reader.end(frame -> decoder.feed(frame, events::add));
        decoder.end(false, events::add);
        return events;
    }

    static EventEncoder encoder() {
        ChatRequest request =
                new ChatRequest.Builder(Dialect.ANTHROPIC).model("asked").build();
        return CODEC.answers().encoder(new ClientContext(request, Outline.NONE, "abc123", 1));
    }

    /// What a client gets for these events, one line for each frame: its data.
    static List<Json.Obj> frames(StreamEvent... events) {
        EventEncoder encoder = encoder();
        ByteSink out = new ByteSink(64);
        for (StreamEvent event : events) {
            encoder.encode(event, out);
        }
        return frames(out);
    }

    static List<Json.Obj> frames(ByteSink out) {
        List<Json.Obj> frames = new ArrayList<>();
        new SseReader().feed(out.array(), 0, out.size(), frame -> {
            Json.Obj data = json(frame.text());
            assertThat(frame.event()).isEqualTo(data.text("type"));
            frames.add(data);
        });
        return frames;
    }

    static List<String> types(List<Json.Obj> frames) {
        return frames.stream()
                .map(frame -> frame.has("index") ? frame.text("type") + " " + at(frame, "index") : frame.text("type"))
                .map(String::valueOf)
                .toList();
    }
}
