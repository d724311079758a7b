package dev.sluice.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.AnswerDecoding;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonSplice;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.ToolNames;
import dev.sluice.protocol.vectors.VectorBodies;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What must hold for any bytes at all.
final class Oracles {
    /// The parser has bounds of its own on long names and numbers; below this length none is met.
    private static final int COMPARABLE = 900;

    private Oracles() {}

    /// Joined raw ranges are the input, whatever the cut, and the cut does not change the events.
    static void sse(byte[] bytes, int piece) {
        List<String> whole = frames(bytes, Math.max(1, bytes.length));
        assertThat(frames(bytes, piece)).isEqualTo(whole);
    }

    /// The events of the frames keep their grammar, and taps and encoders take them.
    static void stream(DialectCodec codec, byte[] bytes) {
        List<Frame> frames = new ArrayList<>();
        FrameReader reader = codec.answers().frames();
        reader.feed(bytes, 0, bytes.length, frame -> frames.add(Frame.of(frame.event(), frame.text())));
        reader.end(frame -> frames.add(Frame.of(frame.event(), frame.text())));
        VectorBodies.streamEverywhere(frames, codec);
    }

    private static List<String> frames(byte[] bytes, int piece) {
        List<String> events = new ArrayList<>();
        ByteSink raw = new ByteSink(bytes.length);
        SseReader reader = new SseReader();
        for (int from = 0; from < bytes.length; from += piece) {
            reader.feed(bytes, from, Math.min(bytes.length, from + piece), frame -> note(frame, events, raw));
        }
        reader.end(frame -> note(frame, events, raw));
        assertThat(raw.toByteArray()).isEqualTo(bytes);
        return events;
    }

    private static void note(Frame frame, List<String> events, ByteSink raw) {
        raw.write(frame.raw(), frame.rawFrom(), frame.rawTo());
        if (frame.kind() == Frame.Kind.EVENT) {
            events.add(frame.event() + "|" + frame.text());
        }
    }

    /// Whatever came: no cut of the bytes changes the events, and exactly one of them ends the answer, the last one.
    static void cuts(byte[] bytes, int piece, AnswerDecoding answers) {
        List<StreamEvent> whole = events(bytes, Math.max(1, bytes.length), answers);
        assertThat(events(bytes, piece, answers)).isEqualTo(whole);
        assertThat(whole.stream().filter(StreamEvent::isTerminal)).hasSize(1);
        assertThat(whole.getLast().isTerminal()).isTrue();
    }

    private static List<StreamEvent> events(byte[] bytes, int piece, AnswerDecoding answers) {
        List<StreamEvent> events = new ArrayList<>();
        FrameReader reader = answers.frames();
        EventDecoder decoder = answers.decoder(ToolNames.none());
        for (int from = 0; from < bytes.length; from += piece) {
            reader.feed(bytes, from, Math.min(bytes.length, from + piece), frame -> decoder.feed(frame, events::add));
        }
        reader.end(frame -> decoder.feed(frame, events::add));
        decoder.end(false, events::add);
        return events;
    }

    /// The scanner accepts what the parser reads as an object, and nothing else; both read the same values.
    static void scanner(byte[] bytes) {
        Outcome<JsonSpans> scanned = JsonScanner.topLevel(bytes);
        String text = utf8(bytes);
        boolean isTooDeep = scanned instanceof Outcome.Bad<JsonSpans> bad
                && bad.failure().message().contains("deeper than 500");
        if (text == null || bytes.length > COMPARABLE || isTooDeep) {
            return;
        }
        Json.Obj parsed = JsonText.objectOrNull(text);
        assertThat(scanned instanceof Outcome.Ok).as(text).isEqualTo(parsed != null);
        if (scanned instanceof Outcome.Ok<JsonSpans>(JsonSpans spans) && parsed != null) {
            Map<String, Json> read = new LinkedHashMap<>();
            for (JsonSpans.Span span : spans.spans()) {
                String part = new String(bytes, span.from(), span.to() - span.from(), StandardCharsets.UTF_8);
                read.put(span.name(), ((JsonText.Parsed.Value) JsonText.parse(part)).json());
                String string = JsonScanner.string(bytes, span);
                assertThat(string == null ? null : Json.of(string))
                        .isEqualTo(read.get(span.name()) instanceof Json.Str value ? value : null);
            }
            assertThat(read).isEqualTo(parsed.fields());
        }
    }

    /// Splicing means what it means for the parsed object, and what is not named keeps its bytes.
    static void splice(byte[] bytes, String set, String removed) {
        String text = utf8(bytes);
        Json.Obj parsed = text == null || bytes.length > COMPARABLE ? null : JsonText.objectOrNull(text);
        if (parsed == null || !(JsonScanner.topLevel(bytes) instanceof Outcome.Ok<JsonSpans>(JsonSpans spans))) {
            return;
        }
        byte[] spliced =
                JsonSplice.of(bytes, spans).remove(removed).set(set, "[1]").bytes();
        Json.Obj expected = parsed.without(removed).with(set, Json.Arr.of(Json.of(1)));
        assertThat(JsonText.parse(new String(spliced, StandardCharsets.UTF_8)))
                .as(text)
                .isEqualTo(new JsonText.Parsed.Value(expected));
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }
}
