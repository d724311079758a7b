package dev.sluice.cli.top;

import dev.sluice.cli.top.Snapshot.BucketLine;
import dev.sluice.cli.top.Snapshot.Flights;
import dev.sluice.cli.top.Snapshot.Held;
import dev.sluice.cli.top.Snapshot.Spend;
import dev.sluice.cli.top.Snapshot.SpendLine;
import dev.sluice.cli.top.Snapshot.State;
import dev.sluice.cli.top.Snapshot.Sum;
import dev.sluice.cli.top.Snapshot.TargetLine;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.limits.LimitView.Bucket;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Snapshots as tests need them.
final class Scenes {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Scenes() {}

    /// Few of everything.
    static Snapshot small() {
        return new Snapshot(
                NOON,
                "http://127.0.0.1:8787",
                3,
                new Flights.OfProcess(List.of(
                        flight("coding", "anthropic/opus", 1, 12_345, Duration.ofMillis(4_200)),
                        flight("groq/llama", "groq/llama", 2, 0, Duration.ofSeconds(65)))),
                List.of(
                        ready("anthropic/opus"),
                        new TargetLine(
                                "groq/llama",
                                State.COOLING,
                                NOON.plusSeconds(90),
                                "rate-limited",
                                true,
                                1,
                                4,
                                false,
                                0,
                                null)),
                List.of(bucket("anthropic", "hour", 30, 40), bucket("key laptop", "day", 40, 40)),
                Optional.of(spend("1.234567", 3)),
                Optional.of(List.of(call("ok", 200), call("failed", 503))),
                List.of());
    }

    /// Nothing is known but that it runs.
    static Snapshot unknown() {
        return new Snapshot(
                NOON,
                "stack Sluice, eu-central-1, account 123456789012",
                0,
                new Flights.OfStore(List.of(new Held("anthropic", 2), new Held("groq", null))),
                List.of(new TargetLine("demo/demo", State.UNKNOWN, null, null, false, 0, null, false, null, null)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of("the store does not tell how demo stands"));
    }

    /// So many targets, the last of them cooling down.
    static Snapshot crowded(int targets) {
        Snapshot small = small();
        List<TargetLine> lines = new ArrayList<>();
        for (int i = 1; i < targets; i++) {
            lines.add(ready("provider/model-" + i));
        }
        lines.add(small.targets().getLast());
        return new Snapshot(
                NOON,
                small.place(),
                3,
                small.flights(),
                lines,
                small.buckets(),
                small.spend(),
                small.calls(),
                List.of());
    }

    private static InFlight.Seen flight(String model, String target, int attempts, long sent, Duration age) {
        return new InFlight.Seen("req", "laptop", "claude-code", model, "anthropic", target, attempts, true, sent, age);
    }

    private static TargetLine ready(String ref) {
        return new TargetLine(ref, State.READY, null, null, false, 0, 7, false, 1, 0.75);
    }

    private static BucketLine bucket(String owner, String id, long used, long most) {
        return new BucketLine(owner, new Bucket(new Fill(id, "requests", used, most, NOON.plusSeconds(1_800)), 0));
    }

    static Spend spend(String usd, long unpriced) {
        Sum sum = new Sum(new BigDecimal(usd), 12, 1, unpriced);
        return new Spend(sum, sum, List.of(new SpendLine("anthropic/opus", sum, sum)));
    }

    private static CallLog.Entry call(String outcome, int status) {
        return new CallLog.Entry(
                NOON.minusSeconds(5),
                "req-1",
                "laptop",
                "anthropic",
                "claude-code",
                "coding",
                "anthropic/opus",
                status,
                outcome,
                null,
                true,
                List.of(),
                List.of(),
                Usage.of(18_211, 1_904),
                Duration.ofMillis(3_400),
                Duration.ofMillis(800),
                null,
                null);
    }
}
