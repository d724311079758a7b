package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.ndjson.NdjsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes to lines of JSON.
final class NdjsonDecodeKind {
    private NdjsonDecodeKind() {}

    static void run(Vector vector) {
        vector.expectOnly("lines");
        byte[] bytes = vector.input().text("raw", "").getBytes(StandardCharsets.UTF_8);
        for (StreamRun.Cuts cuts : List.of(
                StreamRun.Cuts.WHOLE, StreamRun.Cuts.BYTES, StreamRun.Cuts.random(5), StreamRun.Cuts.random(6))) {
            Checks.matches(new Patterns(), vector.expect().field("lines"), new Json.Arr(read(bytes, cuts)));
        }
    }

    private static List<Json> read(byte[] bytes, StreamRun.Cuts cuts) {
        List<Json> lines = new ArrayList<>();
        NdjsonReader reader = new NdjsonReader();
        for (int from = 0; from < bytes.length; ) {
            int to = cuts.next(from, bytes.length);
            byte[] piece = Arrays.copyOfRange(bytes, from, to);
            Checks.that(reader.feed(piece, 0, piece.length, frame -> add(frame, lines)), "the bound was met");
            from = to;
        }
        reader.end(frame -> add(frame, lines));
        return lines;
    }

    private static void add(Frame frame, List<Json> lines) {
        if (frame.kind() == Frame.Kind.EVENT) {
            lines.add(Checks.json(frame.text().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
