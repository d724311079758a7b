package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import java.util.stream.Stream;

/// Where a stream's dialect first says that the answer is complete: before that byte no decoder may believe it.
final class TrueEnd {
    private TrueEnd() {}

    /// The offset behind the data that says it; beyond the bytes when nothing does.
    static int in(String dialect, byte[] bytes) {
        int[] found = {Integer.MAX_VALUE};
        FrameReader reader = PresentCodecs.upstream(dialect).answers().frames();
        reader.feed(bytes, 0, bytes.length, frame -> note(dialect, frame, frame.dataTo(), found));
        return found[0];
    }

    private static void note(String dialect, Frame frame, int end, int[] found) {
        if (frame.kind() == Frame.Kind.EVENT && found[0] == Integer.MAX_VALUE && says(dialect, frame)) {
            found[0] = end;
        }
    }

    private static boolean says(String dialect, Frame frame) {
        String text = frame.text().strip();
        if (text.equals("[DONE]")) {
            return true;
        }
        if (!(JsonText.parse(text) instanceof JsonText.Parsed.Value(Json data))) {
            return false;
        }
        List<Json> ends = switch (dialect) {
            case "anthropic" -> Paths.all(data, "$.delta.stop_reason");
            case "openai-chat" -> Paths.all(data, "$.choices[*].finish_reason");
            case "ollama-chat" -> Paths.all(data, "$.done_reason");
            case "openai-responses" ->
                text.contains("\"type\":\"response.completed\"") || text.contains("\"type\":\"response.incomplete\"")
                        ? List.of(data)
                        : List.of();
            case "gemini" ->
                Stream.concat(
                                Paths.all(data, "$.candidates[*].finishReason").stream(),
                                Paths.all(data, "$.promptFeedback.blockReason").stream())
                        .toList();
            default -> throw new IllegalArgumentException("no end known for " + dialect);
        };
        return ends.stream().anyMatch(end -> end != Json.NULL) || text.contains("\"message_stop\"");
    }
}
