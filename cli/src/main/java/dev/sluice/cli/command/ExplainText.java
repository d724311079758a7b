package dev.sluice.cli.command;

import dev.sluice.cli.Printable;
import dev.sluice.model.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The document of a preview as a person reads it, in 80 columns.
final class ExplainText {
    private static final int WIDTH = 80;
    private static final int CELLS = 10;
    private static final int NAME_WIDTH = 16;

    private final Json.Obj document;
    private final Instant now;
    private final Paint paint;
    private final StringBuilder text = new StringBuilder();

    /// @param now for what is told as a time that is left
    ExplainText(Json.Obj document, Instant now, Paint paint) {
        this.document = document;
        this.now = now;
        this.paint = paint;
    }

    String text() {
        title();
        for (Json item : document.items("candidates")) {
            if (item instanceof Json.Obj candidate) {
                candidate(candidate);
            }
        }
        skipped();
        String error = document.text("error");
        if (error != null) {
            line("");
            wrapped(error, "");
        }
        return text.toString();
    }

    private void title() {
        Long version = document.whole("version");
        String session = document.text("session");
        wrapped(
                document.text("model", "?") + " -> " + document.text("route", "?")
                        + (version == null || version == 0 ? "" : ", configuration version " + version)
                        + (session == null ? "" : ", session " + session),
                "  ");
        for (Json state : document.items("state")) {
            if (state instanceof Json.Str(String word)) {
                line(paint.warn("the store is not fresh: " + Printable.of(word)));
            }
        }
    }

    private void candidate(Json.Obj candidate) {
        line("");
        Long place = candidate.whole("place");
        String head = String.format(Locale.ROOT, "%2s  ", place == null ? "" : place);
        String ref = Printable.of(candidate.text("ref", "?"));
        String weight = weight(candidate.field("weight"));
        int room = WIDTH - head.length() - ref.length() - 2;
        boolean usable = candidate.isTrue("usable");
        line(head
                + (usable ? paint.strong(ref) : paint.warn(ref))
                + (weight.length() <= room ? " ".repeat(room - weight.length() + 2) + weight : ""));
        wrapped(what(candidate), "    ");
        for (Json item : candidate.items("buckets")) {
            if (item instanceof Json.Obj bucket) {
                bucket(bucket);
            }
        }
        health(candidate);
        usedUp(candidate);
    }

    /// In words what a bar shows: a request passes by a target with a bucket that is used up.
    private void usedUp(Json.Obj candidate) {
        List<String> full = new ArrayList<>();
        for (Json item : candidate.items("buckets")) {
            if (item instanceof Json.Obj bucket && isFull(bucket)) {
                full.add(bucket.text("id", "?") + " " + bucket.text("unit", ""));
            }
        }
        if (candidate.isTrue("usable") || full.isEmpty()) {
            return;
        }
        for (String part : parts("    not usable: " + String.join(", ", full) + " used up", "    ")) {
            line(paint.warn(part));
        }
    }

    private static boolean isFull(Json.Obj bucket) {
        Long used = bucket.whole("used");
        Long most = bucket.whole("most");
        return used != null && most != null && used >= most;
    }

    private static String weight(@Nullable Json weight) {
        return weight instanceof Json.Num(String literal) ? "weight " + literal : "";
    }

    private static String what(Json.Obj candidate) {
        List<String> words = new ArrayList<>();
        words.add(candidate.text("dialect", "?"));
        String lane = candidate.text("lane");
        if (lane != null) {
            words.add(lane);
        }
        String reason = candidate.text("reason");
        if (reason != null && !reason.isEmpty()) {
            words.add(reason);
        }
        return "    " + String.join(", ", words);
    }

    private void bucket(Json.Obj bucket) {
        long used = orZero(bucket.whole("used"));
        long most = orZero(bucket.whole("most"));
        int full = most <= 0 ? CELLS : (int) Math.clamp((double) used / most * CELLS, 0, CELLS);
        String bar = "[" + "#".repeat(full) + "-".repeat(CELLS - full) + "]";
        String name = bucket.text("id", "?") + " " + bucket.text("unit", "");
        String left = "    " + padded(Printable.of(name), NAME_WIDTH) + " ";
        String right = " " + used + "/" + most + until(bucket.text("resets"));
        line(left + (full == CELLS ? paint.warn(bar) : bar) + right);
    }

    private String until(@Nullable String resets) {
        Instant at = instant(resets);
        if (at == null || at.equals(Instant.MAX)) {
            return "";
        }
        OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
        return " until "
                + (at.isBefore(now.plus(1, ChronoUnit.DAYS).plusMillis(1))
                        ? time.toLocalTime().truncatedTo(ChronoUnit.SECONDS)
                        : time.toLocalDate())
                + " UTC";
    }

    private void health(Json.Obj candidate) {
        Json.Obj recovery = candidate.object("recovery");
        long failures = orZero(candidate.whole("failures"));
        String row = failures == 0 ? "" : failures + (failures == 1 ? " failure" : " failures") + " in a row";
        if (recovery == null) {
            if (!row.isEmpty()) {
                line("    " + paint.warn(row));
            }
            return;
        }
        String why = recovery.text("category", "").toLowerCase(Locale.ROOT).replace('_', '-');
        String words = "not usable"
                + left(instant(recovery.text("at")))
                + (why.isEmpty() ? "" : ": " + why)
                + (recovery.isTrue("named") ? ", as the provider asked" : "")
                + (row.isEmpty() ? "" : ", " + row);
        for (String part : parts("    " + words, "    ")) {
            line(paint.warn(part));
        }
    }

    private String left(@Nullable Instant at) {
        if (at == null) {
            return "";
        }
        Duration left = Duration.between(now, at);
        if (left.isNegative() || left.isZero()) {
            return " just now";
        }
        long seconds = left.plusMillis(999).toSeconds();
        return " for another "
                + (seconds < 120
                        ? seconds + " s"
                        : seconds < 7_200
                                ? seconds / 60 + " min " + seconds % 60 + " s"
                                : seconds / 3_600 + " h " + seconds / 60 % 60 + " min");
    }

    private void skipped() {
        List<Json> skipped = document.items("skipped");
        if (skipped.isEmpty()) {
            return;
        }
        line("");
        line("skipped");
        for (Json item : skipped) {
            if (item instanceof Json.Obj target) {
                wrapped("    " + target.text("ref", "?") + ": " + target.text("reason", "?"), "      ");
            }
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException notOurs) {
            return null;
        }
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static String padded(String name, int width) {
        return name.length() >= width ? name : name + " ".repeat(width - name.length());
    }

    private void wrapped(String words, String indent) {
        parts(words, indent).forEach(this::line);
    }

    /// The words in lines of at most the width; a word that is longer stays whole, so that it can be copied.
    private static List<String> parts(String words, String indent) {
        List<String> lines = new ArrayList<>();
        String rest = Printable.of(words);
        while (rest.length() > WIDTH) {
            int cut = rest.lastIndexOf(' ', WIDTH);
            if (cut <= indent.length()) {
                cut = rest.indexOf(' ', WIDTH);
            }
            if (cut < 0) {
                break;
            }
            lines.add(rest.substring(0, cut));
            rest = indent + rest.substring(cut + 1);
        }
        lines.add(rest);
        return lines;
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }
}
