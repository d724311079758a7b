package dev.sluice.aws.owner;

import dev.sluice.model.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// One log group of CloudWatch Logs, read. Throws [OwnerFailure].
public final class LogGroup {
    private final AwsCalls calls;
    private final String name;

    LogGroup(AwsCalls calls, String name) {
        this.calls = calls;
        this.name = name;
    }

    /// A line of a log.
    public record Line(Instant at, String text) {}

    /// The newest lines since then that the pattern finds, the newest last. Asks a few pages at most.
    ///
    /// @param pattern of CloudWatch Logs; empty: every line
    public List<Line> since(Instant start, String pattern, int most) {
        List<Line> lines = new ArrayList<>();
        String token = "";
        for (int page = 0; page < PAGES; page++) {
            Json.Builder question = Json.object()
                    .put("logGroupName", name)
                    .put("startTime", start.toEpochMilli())
                    .when(!pattern.isEmpty(), filter -> filter.put("filterPattern", pattern));
            if (!token.isEmpty()) {
                question.put("nextToken", token);
            }
            Json.Obj answer = calls.json(Service.LOGS, "Logs_20140328.FilterLogEvents", question.build());
            answer.items("events").forEach(item -> {
                if (item instanceof Json.Obj event) {
                    long at = Objects.requireNonNullElse(event.whole("timestamp"), 0L);
                    lines.add(new Line(
                            Instant.ofEpochMilli(at), event.text("message", "").strip()));
                }
            });
            token = answer.text("nextToken", "");
            if (token.isEmpty()) {
                break;
            }
        }
        lines.sort(Comparator.comparing(Line::at));
        return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
    }

    private static final int PAGES = 10;
}
