package dev.sluice.function;

import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the function says of itself: one line of JSON for each call, one with its figures for CloudWatch where a stack is
/// named, and one for each sentence to its owner.
final class FunctionLog implements CallLog {
    private final Consumer<String> lines;
    private final Time time;
    private final @Nullable CallMetrics metrics;

    /// @param metrics null: none are written
    FunctionLog(Consumer<String> lines, Time time, @Nullable CallMetrics metrics) {
        this.lines = lines;
        this.time = time;
        this.metrics = metrics;
    }

    @Override
    public void record(Entry entry) {
        lines.accept(CallLogJson.line(entry));
        if (metrics != null) {
            lines.accept(metrics.line(entry));
        }
    }

    /// An environment takes up its work.
    void coldStart() {
        if (metrics != null) {
            lines.accept(metrics.coldStart(time.now()));
        }
    }

    void note(String sentence) {
        lines.accept(JsonText.print(Json.object()
                .put("at", time.now().toString())
                .put("note", sentence)
                .build()));
    }
}
