package dev.sluice.protocol.vectors;

import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.Lane;
import dev.sluice.protocol.TranslatedLane;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.sse.SseReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One passage of an upstream's bytes through a lane, in pieces of given sizes.
///
/// @param refusal the failure that came before any content: the client gets it as an HTTP error
record StreamRun(
        byte[] written, List<StreamEvent> heard, @Nullable Failure refusal, String contentType) {
    /// Where to cut the bytes.
    interface Cuts {
        /// The end of the piece that begins there.
        int next(int from, int to);

        Cuts WHOLE = (from, to) -> to;
        Cuts BYTES = (from, to) -> from + 1;

        static Cuts random(long seed) {
            SplitMix64 random = new SplitMix64(seed);
            return (from, to) -> Math.min(to, from + 1 + random.below(64));
        }
    }

    static StreamRun translated(Vector vector, UpstreamCodec upstream, DialectCodec client, Cuts cuts) {
        Setup setup = new Setup(vector.context());
        Lane lane = new TranslatedLane(
                upstream.answers().frames(),
                upstream.answers().decoder(setup.names()),
                client.answers()
                        .encoder(setup.client(client, true, vector.expect().text("framing", "sse"))));
        return of(lane, bytes(vector), "reset".equals(vector.input().text("end")), cuts);
    }

    static StreamRun of(Lane lane, byte[] bytes, boolean reset, Cuts cuts) {
        ByteSink out = new ByteSink(1024);
        List<StreamEvent> heard = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = cuts.next(from, bytes.length);
            byte[] piece = java.util.Arrays.copyOfRange(bytes, from, to);
            lane.feed(piece, 0, piece.length, out, heard::add);
            java.util.Arrays.fill(piece, (byte) '#'); // whoever keeps a reference instead of a copy is found out
            from = to;
        }
        lane.end(reset, out, heard::add);
        return new StreamRun(out.toByteArray(), heard, refusal(heard), lane.contentType());
    }

    static byte[] bytes(Vector vector) {
        String base64 = vector.input().text("body_b64");
        return base64 != null
                ? Base64.getDecoder().decode(base64)
                : vector.input().text("body", "").getBytes(StandardCharsets.UTF_8);
    }

    /// How a dialect's streams are framed.
    static String framing(String dialect) {
        return dialect.equals("ollama-chat") ? "ndjson" : "sse";
    }

    /// The client's events: `{event, data}` of server-sent events, the objects of lines.
    List<Json> events(String framing) {
        List<Json> events = new ArrayList<>();
        switch (framing) {
            case "sse" -> {
                SseReader reader = new SseReader();
                reader.feed(written, 0, written.length, frame -> add(frame, events));
                reader.end(frame -> add(frame, events));
            }
            case "ndjson" -> {
                for (String line :
                        new String(written, StandardCharsets.UTF_8).lines().toList()) {
                    events.add(Checks.json(line.getBytes(StandardCharsets.UTF_8)));
                }
            }
            case "json-array" -> Assertions.items(Checks.json(written)).forEach(item -> events.add(event(null, item)));
            default -> throw new IllegalStateException("unknown framing " + framing);
        }
        return events;
    }

    private static void add(Frame frame, List<Json> events) {
        if (frame.kind() == Frame.Kind.EVENT) {
            Json data = JsonText.parse(frame.text()) instanceof JsonText.Parsed.Value(Json json)
                    ? json
                    : Json.of(frame.text());
            events.add(event(frame.event(), data));
        }
    }

    private static Json event(@Nullable String name, Json data) {
        return Json.object().put("event", Json.orNull(name)).put("data", data).build();
    }

    private static @Nullable Failure refusal(List<StreamEvent> heard) {
        for (StreamEvent event : heard) {
            if (event.isContent()) {
                return null;
            }
            if (event instanceof StreamEvent.Failed(Failure failure)) {
                return failure;
            }
        }
        return null;
    }
}
