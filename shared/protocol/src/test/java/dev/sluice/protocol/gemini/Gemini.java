package dev.sluice.protocol.gemini;

import dev.sluice.model.Answer;
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
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.CapabilityNames;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the tests of this dialect have in common: codecs with a fixed seal, and short ways to run them.
final class Gemini {
    static final Seal SEAL = new Seal(new byte[32]);
    static final GeminiCodec CODEC = new GeminiCodec(SEAL);
    static final ChatCodec CHAT = new ChatCodec(SEAL);
    static final AnthropicCodec ANTHROPIC = new AnthropicCodec(SEAL);
    static final String ASKED = "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}";
    static final String SHOWN =
            "{\"contents\":[],\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}}";

    private Gemini() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Json.Obj json(byte[] bytes) {
        return json(new String(bytes, StandardCharsets.UTF_8));
    }

    static Json.Obj json(String text) {
        Json.Obj object = JsonText.objectOrNull(text);
        if (object == null) {
            throw new AssertionError("not a JSON object: " + text);
        }
        return object;
    }

    /// The value at a path of names and indexes, as in `contents.0.parts.1.text`.
    static @Nullable Json at(@Nullable Json json, String path) {
        Json value = json;
        for (String step : path.split("\\.", -1)) {
            value = switch (value) {
                case Json.Obj object -> object.field(step);
                case Json.Arr(List<Json> items) -> {
                    int index = Integer.parseInt(step);
                    yield index < items.size() ? items.get(index) : null;
                }
                case null, default -> null;
            };
        }
        return value;
    }

    static String print(@Nullable Json json) {
        return json == null ? "" : JsonText.print(json);
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

    static RequestHead head(String path, String... query) {
        return new RequestHead(path, query.length == 0 ? Map.of() : Map.of(query[0], query[1]), Headers.NONE);
    }

    static RequestHead whole() {
        return head("/v1beta/models/m:generateContent");
    }

    static RequestHead events() {
        return head("/v1beta/models/m:streamGenerateContent", "alt", "sse");
    }

    static RequestHead array() {
        return head("/v1beta/models/m:streamGenerateContent");
    }

    static Outline outline(String body) {
        return ok(CODEC.requests().outline(bytes(body), whole()));
    }

    static ChatRequest request(String body) {
        return ok(CODEC.requests().decode(outline(body)));
    }

    static Failure refused(String body) {
        return bad(CODEC.requests()
                .outline(bytes(body), whole())
                .then(outline -> CODEC.requests().decode(outline)));
    }

    static TargetProfile target(Dialect dialect, String caps) {
        Capabilities capabilities = ok(CapabilityNames.read(json(caps), Set.of()));
        return new TargetProfile(dialect, "real", capabilities, Policies.DEFAULT);
    }

    static TargetProfile target(String caps) {
        return target(Dialect.GEMINI, caps);
    }

    static ChatRequest chat(String body) {
        return ok(CHAT.requests()
                .outline(bytes(body), RequestHead.NONE)
                .then(outline -> CHAT.requests().decode(outline)));
    }

    static ChatRequest messages(String body) {
        return ok(ANTHROPIC
                .requests()
                .outline(bytes(body), RequestHead.NONE)
                .then(outline -> ANTHROPIC.requests().decode(outline)));
    }

    static EncodedRequest encoded(ChatRequest request, String caps) {
        return ok(CODEC.requests().encode(request, target(caps)));
    }

    static Json.Obj body(ChatRequest request, String caps) {
        return json(encoded(request, caps).body());
    }

    static ClientContext client(String body, RequestHead head) {
        Outline asked = ok(CODEC.requests().outline(bytes(body), head));
        return new ClientContext(ok(CODEC.requests().decode(asked)), asked, "abc", 7);
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

    static String written(ClientContext client, List<StreamEvent> events) {
        EventEncoder encoder = CODEC.answers().encoder(client);
        ByteSink out = new ByteSink(64);
        events.forEach(event -> encoder.encode(event, out));
        return out.text();
    }

    static Answer answer(String body) {
        return ok(CODEC.answers().decode(bytes(body), ToolNames.none()));
    }

    /// A stream of these candidates, each in a chunk of its own.
    static String stream(String... candidates) {
        StringBuilder text = new StringBuilder();
        for (String candidate : candidates) {
            text.append("data: ").append(chunk(candidate)).append("\r\n\r\n");
        }
        return text.toString();
    }

    static String chunk(String candidate) {
        return "{\"candidates\":[" + candidate + "],\"modelVersion\":\"up\",\"responseId\":\"r1\"}";
    }

    static String parts(String... parts) {
        return "{\"content\":{\"role\":\"model\",\"parts\":[" + String.join(",", parts) + "]},\"index\":0}";
    }

    static String finish(String reason) {
        return "{\"finishReason\":\"" + reason + "\",\"index\":0}";
    }
}
