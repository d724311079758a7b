package dev.sluice.function;

import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.function.Consumer;

/// What the function says of itself: one line of JSON for each call, and one for each sentence to its owner.
final class FunctionLog implements CallLog {
    private final Consumer<String> lines;
    private final Time time;

    FunctionLog(Consumer<String> lines, Time time) {
        this.lines = lines;
        this.time = time;
    }

    @Override
    public void record(Entry entry) {
        lines.accept(CallLogJson.line(entry));
    }

    void note(String sentence) {
        lines.accept(JsonText.print(Json.object()
                .put("at", time.now().toString())
                .put("note", sentence)
                .build()));
    }
}
