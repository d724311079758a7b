package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import dev.sluice.protocol.eventstream.EventStreamReader;
import dev.sluice.protocol.eventstream.HeaderValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Binary messages, however they are cut.
final class EventStreamDecodeKind {
    private EventStreamDecodeKind() {}

    static void run(Vector vector) {
        vector.expectOnly("frames");
        byte[] bytes = StreamRun.bytes(vector);
        for (StreamRun.Cuts cuts : List.of(
                StreamRun.Cuts.WHOLE, StreamRun.Cuts.BYTES, StreamRun.Cuts.random(5), StreamRun.Cuts.random(6))) {
            Checks.matches(new Patterns(), vector.expect().field("frames"), new Json.Arr(read(bytes, cuts)));
        }
    }

    private static List<Json> read(byte[] bytes, StreamRun.Cuts cuts) {
        List<Map<String, HeaderValue>> headers = new ArrayList<>();
        List<Json> frames = new ArrayList<>();
        EventStreamReader reader =
                new EventStreamReader(EventStreamReader.DEFAULT_BOUND, message -> headers.add(message.headers()));
        for (int from = 0; from < bytes.length; ) {
            int to = cuts.next(from, bytes.length);
            byte[] piece = Arrays.copyOfRange(bytes, from, to);
            boolean isRead = reader.feed(piece, 0, piece.length, frame -> {
                byte[] payload = Arrays.copyOfRange(frame.data(), frame.dataFrom(), frame.dataTo());
                frames.add(shown(headers.getLast(), payload));
            });
            Checks.that(isRead, reader.problem());
            from = to;
        }
        return frames;
    }

    private static Json shown(Map<String, HeaderValue> headers, byte[] payload) {
        Map<String, Json> fields = new LinkedHashMap<>();
        headers.forEach((name, value) -> fields.put(name, shown(value)));
        Json.Builder frame = Json.object().put("headers", new Json.Obj(fields));
        return fields.containsKey(":content-type")
                ? frame.put("payload", Checks.json(payload)).build()
                : frame.put("payload_b64", Base64.getEncoder().encodeToString(payload))
                        .build();
    }

    private static Json shown(HeaderValue value) {
        return switch (value) {
            case HeaderValue.Flag(boolean flag) -> Json.of(flag);
            case HeaderValue.Whole(long number) -> Json.of(number);
            case HeaderValue.Text(String text) -> Json.of(text);
            case HeaderValue.Bytes(String base64) ->
                Json.object().put("b64", base64).build();
            case HeaderValue.Timestamp(long millis) ->
                Json.object().put("epoch_ms", millis).build();
            case HeaderValue.Id(var id) ->
                Json.object().put("uuid", id.toString()).build();
        };
    }
}
