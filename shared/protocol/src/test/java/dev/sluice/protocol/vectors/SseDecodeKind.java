package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.sse.SseReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Bytes of server-sent events, to events.
final class SseDecodeKind {
    private static final int SMALL = 1 << 20;

    private SseDecodeKind() {}

    static void run(Vector vector) {
        vector.expectOnly("events", "any_of");
        byte[] bytes = bytes(vector.input());
        List<StreamRun.Cuts> all = bytes.length > SMALL
                ? List.of(StreamRun.Cuts.WHOLE, (from, to) -> Math.min(to, from + 4096))
                : List.of(
                        StreamRun.Cuts.WHOLE, StreamRun.Cuts.BYTES, StreamRun.Cuts.random(5), StreamRun.Cuts.random(6));
        for (StreamRun.Cuts cuts : all) {
            check(vector.expect(), read(bytes, cuts));
        }
    }

    private static void check(Json.Obj expect, List<Json> events) {
        Json first = expect.items("events").isEmpty()
                ? Json.Obj.EMPTY
                : expect.items("events").getFirst();
        Json.Obj object = (Json.Obj) first;
        if (object.has("count")) {
            Checks.that(Json.of(events.size()).equals(object.field("count")), "events: " + events.size());
        } else if (object.has("data_len")) {
            int length = ((Json.Obj) events.getFirst()).text("data", "").length();
            Checks.that(events.size() == 1 && Json.of(length).equals(object.field("data_len")), "length: " + length);
        } else if (expect.has("any_of")) {
            Checks.anyOf(expect.items("any_of"), new Json.Arr(events));
        } else {
            Checks.matches(new Patterns(), expect.field("events"), new Json.Arr(events));
        }
    }

    private static List<Json> read(byte[] bytes, StreamRun.Cuts cuts) {
        List<Json> events = new ArrayList<>();
        SseReader reader = new SseReader();
        for (int from = 0; from < bytes.length; ) {
            int to = cuts.next(from, bytes.length);
            byte[] piece = Arrays.copyOfRange(bytes, from, to);
            Checks.that(reader.feed(piece, 0, piece.length, frame -> add(frame, events)), "the bound was met");
            from = to;
        }
        reader.end(frame -> add(frame, events));
        return events;
    }

    private static void add(Frame frame, List<Json> events) {
        if (frame.kind() == Frame.Kind.EVENT) {
            events.add(Json.object()
                    .put("event", Json.orNull(frame.event()))
                    .put("data", frame.text())
                    .build());
        }
    }

    private static byte[] bytes(Json.Obj input) {
        if (input.text("b64") != null) {
            return Base64.getDecoder().decode(input.text("b64", ""));
        }
        Json.Obj generate = input.object("generate");
        if (generate == null) {
            return input.text("raw", "").getBytes(StandardCharsets.UTF_8);
        }
        Long count = generate.whole("count");
        String text = generate.text("prefix", "")
                + generate.text("repeat", "").repeat(count == null ? 0 : count.intValue())
                + generate.text("suffix", "");
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
