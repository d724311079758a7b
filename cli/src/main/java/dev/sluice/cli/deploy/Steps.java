package dev.sluice.cli.deploy;

import dev.sluice.cli.Printable;
import java.io.PrintStream;
import java.time.Duration;

/// What a long command tells while it goes on: one line for each step.
public final class Steps {
    private final PrintStream out;

    public Steps(PrintStream out) {
        this.out = out;
    }

    void done(String text) {
        line(mark(out, true) + " " + text);
    }

    void failed(String text) {
        line(mark(out, false) + " " + text);
    }

    void going(String text) {
        line("  " + text);
    }

    void line(String text) {
        out.println(Printable.of(text));
        out.flush();
    }

    /// A sign that this stream can show.
    static String mark(PrintStream out, boolean good) {
        String sign = good ? "✓" : "✗";
        return out.charset().newEncoder().canEncode(sign) ? sign : good ? "ok" : "NO";
    }

    /// As people say it: `1 min 20 s`.
    static String shown(Duration time) {
        long seconds = time.toSeconds();
        if (seconds >= 60) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds >= 10 ? seconds + " s" : time.toMillis() + " ms";
    }
}
