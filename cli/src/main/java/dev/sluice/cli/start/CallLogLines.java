package dev.sluice.cli.start;

import dev.sluice.cli.Printable;
import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.ports.CallLog;
import java.io.PrintStream;
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
        out.println(json ? CallLogJson.line(entry) : text(entry));
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
                .append(CallLogJson.seconds(entry.total()))
                .append('s');
        if (!entry.attempts().isEmpty()) {
            line.append(" attempts ").append(String.join(",", entry.attempts()));
        }
        if (!entry.state().isEmpty()) {
            line.append(" state ").append(String.join(",", entry.state()));
        }
        return Printable.of(line.toString());
    }

    private static String orDash(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
