package dev.sluice.protocol.ollama;

import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import org.jspecify.annotations.Nullable;

/// The counts of a last line, both ways. Ollama tells of no cached tokens and leaves out counts that are zero.
final class UsageJson {
    private UsageJson() {}

    static Usage read(Json.Obj line) {
        return new Usage(line.whole("prompt_eval_count"), null, null, null, line.whole("eval_count"), null, null, null);
    }

    /// @param first nanoseconds to the first piece of the answer
    /// @param whole nanoseconds to its end
    static Json.Builder write(Json.Builder line, @Nullable Usage usage, long first, long whole) {
        line.put("total_duration", whole).put("load_duration", 0);
        if (usage != null && usage.isReported()) {
            line.put("prompt_eval_count", usage.prompt());
        }
        line.put("prompt_eval_duration", first);
        if (usage != null && usage.isReported()) {
            line.put("eval_count", usage.outputOr0());
        }
        return line.put("eval_duration", Math.max(0, whole - first));
    }
}
