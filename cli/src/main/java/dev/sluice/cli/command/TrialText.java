package dev.sluice.cli.command;

import dev.sluice.cli.Printable;
import dev.sluice.cli.provider.Finding;
import dev.sluice.cli.provider.Finding.Verdict;
import dev.sluice.cli.provider.TrialReport;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A trial's findings as lines while it goes on, as a summary, and as JSON.
final class TrialText {
    private final Report report;
    private final Json.Obj provider;
    private @Nullable Dialect shown;

    TrialText(Report report, Json.Obj provider) {
        this.report = report;
        this.provider = provider;
    }

    void show(Finding finding) {
        if (finding.dialect() != shown) {
            shown = finding.dialect();
            Json.Obj endpoints = provider.object("endpoints");
            String url =
                    endpoints == null ? "" : endpoints.text(finding.dialect().id(), "");
            report.line(finding.dialect().id() + "  " + url);
        }
        report.line(Printable.of("  " + padded(finding.verdict().label(), 4) + "  "
                + padded(finding.check().label(), 12) + "  "
                + (finding.model().isEmpty() ? "" : finding.model() + ": ") + finding.text()));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /// @param isWritten whether what was learnt goes into the configuration
    static List<String> summary(TrialReport report, boolean isWritten) {
        List<String> lines = new ArrayList<>();
        long failed = report.findings().stream()
                .filter(finding -> finding.verdict() == Verdict.FAILED)
                .count();
        lines.add(failed == 0 ? "all is well" : failed + (failed == 1 ? " thing fails" : " things fail"));
        report.learnt()
                .forEach(learnt -> lines.add(Printable.of("learnt: " + learnt.model() + " wants " + learnt.capability()
                        + " = " + JsonText.print(learnt.value()))));
        report.absent().forEach(dialect -> lines.add("learnt: " + dialect.id() + " is not spoken there"));
        if (report.hasLearnt() && !isWritten) {
            lines.add("with --write this goes into the configuration");
        }
        return lines;
    }

    static Json.Obj json(String id, TrialReport report) {
        return Json.object()
                .put("provider", id)
                .put("good", report.isGood())
                .put(
                        "findings",
                        Json.array(
                                report.findings().stream().map(TrialText::json).toList()))
                .put(
                        "learnt",
                        Json.array(report.learnt().stream()
                                .map(learnt -> Json.object()
                                        .put("model", learnt.model())
                                        .put("capability", learnt.capability())
                                        .put("value", learnt.value())
                                        .build())
                                .toList()))
                .put(
                        "absent",
                        Json.strings(report.absent().stream().map(Dialect::id).toList()))
                .build();
    }

    private static Json.Obj json(Finding finding) {
        return Json.object()
                .put("dialect", finding.dialect().id())
                .put("model", finding.model())
                .put("check", finding.check().name().toLowerCase(Locale.ROOT))
                .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
                .put("text", finding.text())
                .build();
    }
}
