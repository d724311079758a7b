package dev.sluice.protocol.openai.responses;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the tests of this dialect's answers have in common: answers with a fixed seal, and short ways to run them.
final class Responses {
    static final Seal SEAL = new Seal(new byte[32]);
    static final ResponsesAnswers ANSWERS = new ResponsesAnswers(SEAL);

    private Responses() {}

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
            case Outcome.Ok<T>(T value) -> throw new AssertionError("no failure: " + value);
            case Outcome.Bad<T>(Failure failure) -> failure;
        };
    }

    /// A client that asked with that body.
    static ClientContext client(String body, Tool... tools) {
        JsonSpans top = ok(JsonScanner.topLevel(bytes(body)));
        Outline asked = new Outline(bytes(body), RequestHead.NONE, top, "m", true, true, null, null, Set.of());
        ChatRequest request = new ChatRequest.Builder(Dialect.OPENAI_RESPONSES)
                .model("m")
                .tools(List.of(tools))
                .build();
        return new ClientContext(request, asked, "abc", 1_700_000_000);
    }

    static ClientContext client() {
        return client("{}");
    }

    static ClientContext clientOfEncrypted() {
        return client("{\"include\":[\"reasoning.encrypted_content\"]}");
    }

    /// One event as a provider sends it; `fields` begin with a comma where there are any.
    static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + fields + "}\n\n";
    }

    static String created() {
        return event("response.created", ",\"response\":{\"id\":\"resp_1\",\"model\":\"up\",\"created_at\":7}");
    }

    static String added(int place, String item) {
        return event("response.output_item.added", ",\"output_index\":" + place + ",\"item\":" + item);
    }

    static String done(int place, String item) {
        return event("response.output_item.done", ",\"output_index\":" + place + ",\"item\":" + item);
    }

    static String completed(String fields) {
        return event("response.completed", ",\"response\":{\"id\":\"resp_1\",\"status\":\"completed\"" + fields + "}");
    }

    static List<StreamEvent> events(String stream) {
        return events(stream, ToolNames.none());
    }

    static List<StreamEvent> events(String stream, ToolNames names) {
        FrameReader frames = ANSWERS.frames();
        EventDecoder decoder = ANSWERS.decoder(names);
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

    static List<Opening> openings(List<StreamEvent> events) {
        List<Opening> openings = new ArrayList<>();
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.BlockOpened(int _, Opening opening)) {
                openings.add(opening);
            }
        }
        return openings;
    }

    static String written(ClientContext client, StreamEvent... events) {
        EventEncoder encoder = ANSWERS.encoder(client);
        ByteSink out = new ByteSink(64);
        for (StreamEvent event : events) {
            encoder.encode(event, out);
        }
        return out.text();
    }

    /// The data of each event.
    static List<Json.Obj> data(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> json(line.substring(6)))
                .toList();
    }

    static List<String> types(String stream) {
        return data(stream).stream().map(event -> event.text("type", "")).toList();
    }

    /// The response that the last event holds.
    static Json.Obj last(String stream) {
        Json.Obj response = data(stream).getLast().object("response");
        return response == null ? Json.Obj.EMPTY : response;
    }

    /// The items of the last event's response.
    static List<Json> output(String stream) {
        return last(stream).items("output");
    }

    static StreamEvent opened(int index, Opening opening) {
        return new StreamEvent.BlockOpened(index, opening);
    }

    static StreamEvent text(int index, String text) {
        return new StreamEvent.TextDelta(index, text);
    }

    static StreamEvent arguments(int index, String text) {
        return new StreamEvent.ArgumentsDelta(index, text);
    }

    static StreamEvent closed(int index) {
        return new StreamEvent.BlockClosed(index);
    }

    static Opening call(String id, String name) {
        return new Opening.ToolCall(id, name, null, Tool.Kind.FUNCTION, null);
    }
}
