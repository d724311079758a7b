package dev.sluice.core.ports;

import dev.sluice.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Told once of every call, when it is over. Without prompts, answers, keys.
public interface CallLog {
    void record(Entry entry);

    /// What is told of one call.
    ///
    /// @param outcome `ok`, `refused`, `failed`, `truncated`, `client-gone`
    /// @param attempts `ref:status/category` in order
    /// @param state what was not fresh: `stale-config`, `local-limits`; and why an answer was not kept that should have been:
    ///   `not-kept`, `too-large-to-keep`
    record Entry(
            Instant at,
            String requestId,
            String caller,
            String dialect,
            String model,
            @Nullable String target,
            int status,
            String outcome,
            @Nullable String reason,
            boolean streamed,
            List<String> attempts,
            List<String> state,
            Usage usage,
            Duration total,
            @Nullable Duration firstContent) {}

    CallLog NONE = entry -> {};
}
