package dev.sluice.cli.top;

import java.util.ArrayList;
import java.util.List;

/// One line of a screen: texts, each in its tone.
public record Strip(List<Span> spans) {
    static final Strip EMPTY = new Strip(List.of());

    /// What a text says beside its words, which say it alone where there are no colours.
    public enum Tone {
        PLAIN,
        STRONG,
        DIM,
        GOOD,
        WARN,
        BAD
    }

    /// A text of one tone. Every letter takes one column.
    public record Span(String text, Tone tone) {
        static Span of(String text) {
            return new Span(text, Tone.PLAIN);
        }

        /// Cut to that width with an ellipsis, or filled up with spaces.
        Span fitted(int width, boolean isRight) {
            int length = text.length();
            if (length > width) {
                return new Span(width < 1 ? "" : text.substring(0, width - 1) + "…", tone);
            }
            String room = " ".repeat(width - length);
            return new Span(isRight ? room + text : text + room, tone);
        }
    }

    public Strip {
        spans = List.copyOf(spans);
    }

    static Strip of(Span... spans) {
        return new Strip(List.of(spans));
    }

    int width() {
        return spans.stream().mapToInt(span -> span.text().length()).sum();
    }

    /// No wider than that.
    Strip cut(int width) {
        if (width() <= width) {
            return this;
        }
        List<Span> kept = new ArrayList<>();
        int room = width;
        for (Span span : spans) {
            if (span.text().length() > room) {
                kept.add(span.fitted(room, false));
                break;
            }
            kept.add(span);
            room -= span.text().length();
        }
        return new Strip(kept);
    }

    /// The text alone.
    public String text() {
        StringBuilder text = new StringBuilder();
        spans.forEach(span -> text.append(span.text()));
        return text.toString().stripTrailing();
    }
}
