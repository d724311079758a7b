package dev.sluice.cli.start;

import dev.sluice.cli.Printable;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.json.JsonText;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One line for each call: columns for people, or JSON. What clients chose (model names) cannot break the line.
public final class CallLogLines implements CallLog {
    private final PrintStream out;
    private final boolean json;

    public CallLogLines(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public void record(Entry entry) {
        out.println(json ? JsonText.print(object(entry)) : text(entry));
    }

    private static String text(Entry entry) {
        StringBuilder line = new StringBuilder(160)
                .append(entry.at())
                .append(' ')
                .append(entry.caller())
                .append(' ')
                .append(entry.dialect())
                .append(' ')
                .append(entry.model())
                .append(" -> ")
                .append(orDash(entry.target()))
                .append(' ')
                .append(entry.status())
                .append(' ')
                .append(entry.outcome());
        if (entry.reason() != null) {
            line.append('(').append(entry.reason()).append(')');
        }
        line.append(" tokens ")
                .append(entry.usage().isReported() ? entry.usage().prompt() : "-")
                .append('/')
                .append(orDash(entry.usage().output()))
                .append(' ')
                .append(seconds(entry.total()))
                .append('s');
        if (!entry.attempts().isEmpty()) {
            line.append(" attempts ").append(String.join(",", entry.attempts()));
        }
        if (!entry.state().isEmpty()) {
            line.append(" state ").append(String.join(",", entry.state()));
        }
        return Printable.of(line.toString());
    }

    private static Json object(Entry entry) {
        Duration first = entry.firstContent();
        return Json.object()
                .put("at", entry.at().toString())
                .put("requestId", entry.requestId())
                .put("caller", entry.caller())
                .put("dialect", entry.dialect())
                .put("model", entry.model())
                .put("target", Json.orNull(entry.target()))
                .put("status", entry.status())
                .put("outcome", entry.outcome())
                .putIf("reason", entry.reason())
                .put("streamed", entry.streamed())
                .put("attempts", Json.strings(entry.attempts()))
                .put("state", Json.strings(entry.state()))
                .put("usage", usage(entry.usage()))
                .put("seconds", new Json.Num(seconds(entry.total())))
                .putIf("secondsToFirst", first == null ? null : new Json.Num(seconds(first)))
                .build();
    }

    private static Json usage(Usage usage) {
        return Json.object()
                .putIf("inputUncached", usage.inputUncached())
                .putIf("cacheRead", usage.cacheRead())
                .putIf("cacheWrite5m", usage.cacheWrite5m())
                .putIf("cacheWrite1h", usage.cacheWrite1h())
                .putIf("output", usage.output())
                .putIf("reasoning", usage.reasoning())
                .putIf("audioIn", usage.audioIn())
                .putIf("audioOut", usage.audioOut())
                .build();
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis())
                .movePointLeft(3)
                .setScale(2, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String orDash(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
