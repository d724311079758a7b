package dev.sluice.cli.command;

import dev.sluice.cli.BuiltVersion;
import dev.sluice.cli.Printable;
import dev.sluice.cli.doctor.AreaReport;
import dev.sluice.cli.doctor.Finding;
import dev.sluice.cli.doctor.Mend;
import dev.sluice.cli.doctor.Severity;
import dev.sluice.cli.terminal.Line;
import dev.sluice.cli.terminal.Style;
import dev.sluice.model.Json;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the doctor has found, for people and as JSON.
final class DoctorText {
    private static final int BAR = 10;
    private static final int FULL_MS = 2_000;

    private final List<AreaReport> reports;
    private final Paint paint;
    private final boolean unicode;
    private final int width;

    /// @param width how many letters fit on a line
    DoctorText(List<AreaReport> reports, Paint paint, Charset charset, int width) {
        this.reports = reports;
        this.width = width;
        this.paint = paint;
        this.unicode = isUnicode(charset);
    }

    static boolean isUnicode(Charset charset) {
        return charset.newEncoder().canEncode("✓✗█");
    }

    /// Whether nobody has to do anything.
    boolean isWell() {
        return reports.stream().noneMatch(report -> report.worst().isFinding());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (AreaReport report : reports) {
            lines.add(paint.strong(report.area().id()));
            report.findings().forEach(finding -> finding(finding, lines));
        }
        lines.add("");
        lines.add(summary());
        return lines;
    }

    private void finding(Finding finding, List<String> lines) {
        Severity severity = finding.severity();
        String sign = severity.sign(unicode);
        List<String> sentence = wrapped("  " + sign + " " + finding.sentence() + bar(finding.took()));
        lines.add(sentence.getFirst().replace("  " + sign + " ", "  " + painted(severity, sign, paint) + " "));
        lines.addAll(sentence.subList(1, sentence.size()));
        finding.mend()
                .ifPresent(mend -> lines.addAll(
                        switch (mend) {
                            // Never broken: it is there to be copied.
                            case Mend.Command(String line) -> List.of("    $ " + paint.strong(Printable.of(line)));
                            case Mend.Words(String text) -> wrapped("    mend: " + text);
                        }));
    }

    private List<String> wrapped(String text) {
        return Line.wrapped(text, Style.PLAIN, width, "    ").stream()
                .map(Line::text)
                .toList();
    }

    /// Two seconds fill it.
    private String bar(@Nullable Duration took) {
        if (took == null) {
            return "";
        }
        int filled = Math.clamp(took.toMillis() * BAR / FULL_MS + 1, 1, BAR);
        String full = unicode ? "█" : "#";
        String rest = unicode ? "░" : ".";
        return "  " + full.repeat(filled) + rest.repeat(BAR - filled) + " " + took.toMillis() + " ms";
    }

    static String painted(Severity severity, String text, Paint paint) {
        return switch (severity) {
            case OK -> paint.added(text);
            case NOTE -> text;
            case WARNING -> paint.warn(text);
            case ERROR -> paint.removed(text);
        };
    }

    String summary() {
        long errors = count(Severity.ERROR);
        long warnings = count(Severity.WARNING);
        long notes = count(Severity.NOTE);
        String noted = notes == 0 ? "" : ", " + counted(notes, "note");
        if (errors + warnings == 0) {
            return "all is well" + noted;
        }
        String found = errors == 0 ? "" : counted(errors, "error");
        String warned = warnings == 0 ? "" : (errors == 0 ? "" : ", ") + counted(warnings, "warning");
        return found + warned + noted + ": the line under each says what mends it";
    }

    private static String counted(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private long count(Severity severity) {
        return reports.stream()
                .flatMap(report -> report.findings().stream())
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    Json.Obj json() {
        return Json.object()
                .put("well", isWell())
                .put("version", BuiltVersion.text())
                .put(
                        "areas",
                        Json.array(reports.stream()
                                .map(report -> Json.object()
                                        .put("area", report.area().id())
                                        .put("severity", report.worst().id())
                                        .put("tookMs", report.took().toMillis())
                                        .build())
                                .toList()))
                .put(
                        "findings",
                        Json.array(reports.stream()
                                .flatMap(report -> report.findings().stream())
                                .map(Finding::json)
                                .toList()))
                .build();
    }
}
