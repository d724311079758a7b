package dev.sluice.cli.tool.gate;

import dev.sluice.cli.tool.gate.Gate.Verdict;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges a streamed answer: only one that its dialect says is whole has passed.
final class GateStream {
    private static final String DATA = "data:";

    private final Dialect dialect;
    private boolean isWhole;
    private @Nullable String error;

    GateStream(Dialect dialect) {
        this.dialect = dialect;
    }

    /// One line of the stream.
    void line(String line) {
        if (!line.startsWith(DATA)) {
            return;
        }
        String data = line.substring(DATA.length()).strip();
        if (data.equals("[DONE]")) {
            isWhole |= dialect == Dialect.OPENAI_CHAT;
            return;
        }
        Json.Obj event = JsonText.objectOrNull(data);
        if (event != null) {
            event(event);
        }
    }

    private void event(Json.Obj event) {
        String type = event.text("type", "");
        if (event.object("error") instanceof Json.Obj said) {
            error = said.text("message", "an error without words");
        } else if (type.equals("response.failed")) {
            Json.Obj response = event.object("response");
            Json.Obj said = response == null ? null : response.object("error");
            error = said == null ? "an error without words" : said.text("message", "an error without words");
        }
        isWhole |= switch (dialect) {
            case ANTHROPIC -> type.equals("message_stop");
            case OPENAI_RESPONSES -> type.equals("response.completed") || type.equals("response.incomplete");
            case GEMINI -> isFinished(event);
            case OPENAI_CHAT, BEDROCK_CONVERSE, OLLAMA_CHAT -> false;
        };
    }

    private static boolean isFinished(Json.Obj event) {
        List<Json> candidates = event.items("candidates");
        return !candidates.isEmpty()
                && candidates.getFirst() instanceof Json.Obj candidate
                && candidate.text("finishReason") != null;
    }

    Verdict verdict() {
        if (error != null) {
            return new Verdict.Refused("its answer broke off: " + error);
        }
        return isWhole ? new Verdict.Passed() : new Verdict.Refused("its answer ended before it was whole");
    }
}
