package dev.sluice.protocol.vectors;

import dev.sluice.model.Answer;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/// The inputs of the vectors as raw material for mutations, and every path that such an input can take through the codecs.
public final class VectorBodies {
    private VectorBodies() {}

    /// A body and the vector it is from.
    public record Body(String name, Json.Obj json) {}

    public static List<Body> all(String kind) {
        return VectorFiles.all().stream()
                .filter(vector -> vector.kind().equals(kind))
                .map(vector -> new Body(vector.name(), Vector.objectOf(vector.input(), "body")))
                .toList();
    }

    private static List<Vector> withOwn() {
        List<Vector> both = new ArrayList<>(VectorFiles.all());
        both.addAll(VectorFiles.own());
        return both;
    }

    private static List<Json> framesOf(Vector vector) {
        List<Json> events = new ArrayList<>();
        FrameReader frames = PresentCodecs.upstream(vector.source()).answers().frames();
        byte[] bytes = StreamRun.bytes(vector);
        frames.feed(bytes, 0, bytes.length, frame -> add(frame, events));
        frames.end(frame -> add(frame, events));
        return events;
    }

    private static void add(Frame frame, List<Json> events) {
        if (frame.kind() == Frame.Kind.EVENT) {
            Json data = JsonText.parse(frame.text()) instanceof JsonText.Parsed.Value(Json json)
                    ? json
                    : Json.of(frame.text());
            events.add(Json.object()
                    .put("event", Json.orNull(frame.event()))
                    .put("data", data)
                    .build());
        }
    }

    /// Bodies that come in that dialect.
    public static List<Body> of(String kind, Dialect source) {
        return withOwn().stream()
                .filter(vector -> vector.kind().equals(kind) && vector.source().equals(source.id()))
                .map(vector -> new Body(vector.name(), Vector.objectOf(vector.input(), "body")))
                .toList();
    }

    /// The events of streams of that dialect, as `{frames: [{event, data}]}`.
    public static List<Body> frames(Dialect source) {
        List<Body> bodies = new ArrayList<>();
        for (Vector vector : VectorFiles.streams()) {
            if (vector.source().equals(source.id())) {
                List<Json> events = framesOf(vector);
                bodies.add(new Body(
                        vector.name(),
                        Json.object().put("frames", new Json.Arr(events)).build()));
            }
        }
        return bodies;
    }

    /// Looks over, splices, decodes, and encodes for every dialect there is.
    public static void encodeEverywhere(Json.Obj body, DialectCodec source, String name) {
        byte[] bytes = JsonText.bytes(body);
        RequestHead head = Setup.head(Json.Obj.EMPTY, source.dialect());
        Setup setup = new Setup(Json.Obj.EMPTY);
        if (source.requests().outline(bytes, head) instanceof Outcome.Ok<Outline>(Outline outline)) {
            source.requests().splice(outline, setup.profile(source.dialect(), "other"));
        }
        for (UpstreamCodec target : PresentCodecs.all().all()) {
            if (RequestKind.encode(bytes, head, setup, source, target)
                    instanceof Outcome.Ok<EncodedRequest>(EncodedRequest encoded)) {
                Checks.that(Checks.json(encoded.body()) instanceof Json.Obj, name);
            }
        }
    }

    /// Decodes an answer, taps it, and encodes it for every dialect there is.
    public static void answerEverywhere(byte[] body, UpstreamCodec source) {
        Setup setup = new Setup(Json.Obj.EMPTY);
        if (source instanceof DialectCodec both) {
            both.answers().tap(body);
        }
        if (source.answers().decode(body, setup.names()) instanceof Outcome.Ok<Answer>(Answer answer)) {
            for (DialectCodec target : PresentCodecs.all().clients()) {
                Checks.json(target.answers().encode(answer, setup.client(target, false)));
            }
        }
    }

    /// Decodes frames, taps them, and encodes their events for every dialect there is.
    public static void streamEverywhere(List<Frame> frames, UpstreamCodec source) {
        Setup setup = new Setup(Json.Obj.EMPTY);
        EventDecoder decoder = source.answers().decoder(setup.names());
        List<StreamEvent> events = new ArrayList<>();
        frames.forEach(frame -> decoder.feed(frame, events::add));
        decoder.end(false, events::add);
        List<String> problems = EventGrammar.problems(events);
        Checks.that(problems.isEmpty(), String.join(", ", problems));
        if (source instanceof DialectCodec both) {
            tapped(frames, both);
        }
        for (DialectCodec target : PresentCodecs.all().clients()) {
            EventEncoder encoder = target.answers().encoder(setup.client(target, true));
            ByteSink out = new ByteSink(1024);
            events.forEach(event -> encoder.encode(event, out));
        }
    }

    private static void tapped(List<Frame> frames, DialectCodec source) {
        EncodedRequest sent = new EncodedRequest(
                "",
                dev.sluice.model.Headers.NONE,
                new byte[0],
                true,
                new Setup(Json.Obj.EMPTY).names(),
                false,
                List.of());
        StreamTap tap = source.answers().tap(sent, Outline.NONE);
        List<StreamEvent> heard = new ArrayList<>();
        ByteSink out = new ByteSink(1024);
        frames.forEach(frame -> tap.pass(frame, out, heard::add));
        tap.end(false, out, heard::add);
        long ends = heard.stream().filter(StreamEvent::isTerminal).count();
        Checks.that(ends == 1, "the tap told " + ends + " terminal events");
    }
}
