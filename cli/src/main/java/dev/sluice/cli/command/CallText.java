package dev.sluice.cli.command;

import dev.sluice.cli.Printable;
import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One call in all that is kept of it, and the words that lines of calls share.
final class CallText {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS xxx", Locale.ROOT);
    private static final int NAME = 10;
    private static final int DOLLAR_DIGITS = 4;

    private CallText() {}

    /// One attempt that failed as the log tells it: `ref:status/category`.
    record Attempt(String ref, String result) {
        static Attempt of(String text) {
            int end = text.lastIndexOf(':');
            return end < 0 ? new Attempt(text, "") : new Attempt(text.substring(0, end), text.substring(end + 1));
        }
    }

    static String of(CallLog.Entry entry, ZoneId zone, Paint paint) {
        StringBuilder text = new StringBuilder(500);
        text.append(paint.strong("call " + entry.requestId())).append(System.lineSeparator());
        line(text, "over", MOMENT.format(entry.over().atZone(zone)));
        line(text, "took", took(entry));
        line(text, "key", entry.caller());
        line(text, "tool", orDash(entry.tool()));
        line(text, "dialect", entry.dialect() + (entry.streamed() ? ", streamed" : ", whole"));
        line(text, "model", entry.model());
        line(text, "target", orDash(entry.target()));
        String status = status(entry);
        name(text, "status");
        text.append(CallFilter.isError(entry) ? paint.removed(status) : status).append(System.lineSeparator());
        if (entry.failure() != null) {
            line(text, "failure", entry.failure().name().toLowerCase(Locale.ROOT));
        }
        if (entry.reason() != null) {
            line(text, "reason", entry.reason());
        }
        attempts(text, entry);
        line(text, "tokens", tokens(entry.usage()));
        line(text, "cost", cost(entry));
        if (!entry.state().isEmpty()) {
            line(text, "state", String.join(", ", entry.state()));
        }
        return text.toString();
    }

    private static String took(CallLog.Entry entry) {
        String total = CallLogJson.seconds(entry.total()) + "s";
        return entry.firstContent() == null
                ? total
                : total + ", first token after " + CallLogJson.seconds(entry.firstContent()) + "s";
    }

    /// Whether there is one attempt more than those that failed. One that broke off is among them.
    static boolean isAnswered(CallLog.Entry entry) {
        return entry.target() != null
                && (entry.outcome().equals("ok") || entry.outcome().equals("client-gone"));
    }

    private static void attempts(StringBuilder text, CallLog.Entry entry) {
        List<String> attempts = new ArrayList<>();
        for (String failed : entry.attempts()) {
            Attempt attempt = Attempt.of(failed);
            attempts.add(attempt.ref() + "  " + attempt.result());
        }
        if (isAnswered(entry)) {
            attempts.add(entry.target() + "  " + (entry.outcome().equals("ok") ? "answered" : entry.outcome()));
        } else if (entry.outcome().equals("truncated") && !attempts.isEmpty()) {
            attempts.set(attempts.size() - 1, attempts.getLast() + ", truncated");
        }
        if (attempts.isEmpty()) {
            line(text, "attempts", "none");
        }
        for (int i = 0; i < attempts.size(); i++) {
            line(text, i == 0 ? "attempts" : "", (i + 1) + ". " + attempts.get(i));
        }
    }

    private static String tokens(Usage usage) {
        List<String> kinds = new ArrayList<>();
        kind(kinds, "input", usage.inputUncached());
        kind(kinds, "cache read", usage.cacheRead());
        kind(kinds, "cache write (5 min)", usage.cacheWrite5m());
        kind(kinds, "cache write (1 h)", usage.cacheWrite1h());
        kind(kinds, "output", usage.output());
        kind(kinds, "of it reasoning", usage.reasoning());
        kind(kinds, "audio in", usage.audioIn());
        kind(kinds, "audio out", usage.audioOut());
        return kinds.isEmpty() ? "none reported" : String.join(", ", kinds);
    }

    private static void kind(List<String> kinds, String name, @Nullable Long tokens) {
        if (tokens != null) {
            kinds.add(name + " " + tokens);
        }
    }

    private static String cost(CallLog.Entry entry) {
        if (entry.usd() != null) {
            return "$" + entry.usd().toPlainString();
        }
        return entry.usage().isReported()
                ? "not known: the model has no price for what was used (sluice model edit sets one)"
                : "none known: no tokens were reported";
    }

    private static void line(StringBuilder text, String name, String value) {
        name(text, name);
        text.append(Printable.of(value)).append(System.lineSeparator());
    }

    private static void name(StringBuilder text, String name) {
        text.append("  ").append(name).repeat(' ', NAME - name.length());
    }

    static String orDash(@Nullable String value) {
        return value == null ? "-" : value;
    }

    /// The status that was sent, and how the call ended where that says more.
    static String status(CallLog.Entry entry) {
        String status = entry.status() == 0 ? "-" : Integer.toString(entry.status());
        boolean saysMore = !entry.outcome().equals("ok") && entry.status() < 400;
        return saysMore ? status + " " + entry.outcome() : status;
    }

    static String count(@Nullable Long tokens) {
        if (tokens == null) {
            return "-";
        }
        if (tokens < 100_000) {
            return Long.toString(tokens);
        }
        return tokens < 1_000_000 ? tokens / 1000 + "k" : String.format(Locale.ROOT, "%.1fM", tokens / 1e6);
    }

    static String usd(@Nullable BigDecimal usd) {
        if (usd == null) {
            return "-";
        }
        BigDecimal shown = usd.setScale(DOLLAR_DIGITS, RoundingMode.HALF_UP);
        return shown.signum() == 0 && usd.signum() > 0 ? "<$0.0001" : "$" + shown.toPlainString();
    }
}
