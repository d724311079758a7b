package dev.sluice.cli.command;

import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Failure;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Calls for tests.
final class CallEntries {
    private CallEntries() {}

    /// One that was over at that moment, in order.
    static CallLog.Entry good(String id, Instant over) {
        return new CallLog.Entry(
                over.minusMillis(1500),
                id,
                "laptop",
                "anthropic",
                "claude-code",
                "coding",
                "b/big-model",
                200,
                "ok",
                null,
                true,
                List.of("a/m:529/overloaded"),
                List.of("stale-config"),
                new Usage(10L, 20_000L, null, null, 512L, 100L, null, null),
                Duration.ofMillis(1500),
                Duration.ofMillis(300),
                null,
                new BigDecimal("0.0123456"));
    }

    /// One that was refused at that moment.
    static CallLog.Entry limited(String id, Instant over) {
        return new CallLog.Entry(
                over,
                id,
                "desk",
                "openai-chat",
                null,
                "gpt\u001b[2J",
                null,
                429,
                "refused",
                "the limit day is full",
                false,
                List.of(),
                List.of(),
                Usage.NONE,
                Duration.ofMillis(2),
                null,
                Failure.Kind.RATE_LIMITED,
                null);
    }

    /// One whose second attempt broke off in the middle of its stream.
    static CallLog.Entry broken(String id, Instant over) {
        return new CallLog.Entry(
                over.minusMillis(1500),
                id,
                "laptop",
                "openai-responses",
                "codex",
                "coding",
                "b/big-model",
                200,
                "truncated",
                "The provider's stream broke off before its end.",
                true,
                List.of("a/m:529/overloaded", "b/big-model:0/temporary_error"),
                List.of(),
                Usage.NONE,
                Duration.ofMillis(1500),
                Duration.ofMillis(300),
                Failure.Kind.UPSTREAM_FAULT,
                null);
    }
}
