package dev.sluice.core.ports;

import dev.sluice.model.Failure;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Told once of every call, when it is over. Without prompts, answers, keys.
public interface CallLog {
    void record(Entry entry);

    /// What is told of one call.
    ///
    /// @param caller the key's name, or [#NOBODY]
    /// @param tool what the client calls itself, without a version: at most 40 of `a-z0-9._-`; null: nothing
    /// @param outcome `ok`, `refused`, `failed`, `truncated`, `client-gone`
    /// @param attempts `ref:status/category` in order
    /// @param state what was not fresh: `stale-config`, `local-limits`; and why an answer was not kept that should have been:
    ///   `not-kept`, `too-large-to-keep`
    /// @param failure what the client was told it was; null: it got what it asked for, or left
    /// @param usd what it cost; null: it used nothing, or not everything that it used has a price
    record Entry(
            Instant at,
            String requestId,
            String caller,
            String dialect,
            @Nullable String tool,
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
            @Nullable Duration firstContent,
            Failure.@Nullable Kind failure,
            @Nullable BigDecimal usd) {
        /// The caller of a request that came without a key that is known here.
        public static final String NOBODY = "-";

        /// When it was over, to the millisecond.
        public Instant over() {
            return at.truncatedTo(ChronoUnit.MILLIS).plusMillis(total.toMillis());
        }

        /// Whether a key that is known here made it, or anyone may.
        public boolean isKnownCallers() {
            return !caller.equals(NOBODY);
        }
    }

    CallLog NONE = entry -> {};
}
