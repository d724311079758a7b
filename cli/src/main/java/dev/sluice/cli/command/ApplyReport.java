package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.Applied;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.cli.control.Holdings;
import dev.sluice.core.config.Change;
import dev.sluice.core.config.ConfigDiff;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Optional;

/// Tells what became of a document, and how the command ends with that.
final class ApplyReport {
    private final Report report;
    private final boolean json;
    private final Holdings holdings;
    private final Json.Obj more;

    /// @param holdings asked what the configuration in force lacks
    ApplyReport(Context context, Holdings holdings) {
        this(context, holdings, Json.Obj.EMPTY);
    }

    /// @param more what every answer in JSON says as well
    ApplyReport(Context context, Holdings holdings, Json.Obj more) {
        this.more = more;
        this.holdings = holdings;
        this.report = context.report();
        this.json = context.common().json();
    }

    int show(Applied applied) {
        return switch (applied) {
            case Applied.Written(long version, var changes, var later) ->
                changed("applied", version, changes, later).code();
            case Applied.Planned(long version, var changes, var later) ->
                changed("dry-run", version, changes, later).code();
            case Applied.Unchanged(long version, var later) ->
                changed("unchanged", version, List.of(), later).code();
            case Applied.Refused refused -> refused(refused).code();
            case Applied.Conflict(long expected, long head) ->
                conflict(expected, head).code();
        };
    }

    private Exit changed(String result, long version, List<Change> changes, List<String> later) {
        List<String> missing = result.equals("dry-run") ? List.of() : holdings.missing();
        if (json) {
            report.json(Json.object()
                    .put("result", result)
                    .put("version", version)
                    .put("changes", ConfigText.changes(changes))
                    .put("notYetInForce", Json.strings(later))
                    .put("missing", Json.strings(missing))
                    .putAll(more)
                    .build());
            return Exit.OK;
        }
        if (!changes.isEmpty()) {
            report.table(ConfigText.CHANGE_HEAD, ConfigText.changeRows(changes));
        }
        report.line(
                switch (result) {
                    case "applied" -> "version " + version + " is in force";
                    case "dry-run" -> "would become version " + version + "; nothing was changed";
                    default -> "version " + version + " says the same already; nothing was changed";
                });
        later.forEach(sentence -> report.note("not yet in force: " + sentence));
        missing.forEach(report::note);
        return Exit.OK;
    }

    private Exit refused(Applied.Refused refused) {
        if (json) {
            report.json(Json.object()
                    .put("result", "refused")
                    .put("errors", ConfigText.errors(refused.errors()))
                    .putAll(more)
                    .build());
        } else {
            report.tableOfErrors(ConfigText.ERROR_HEAD, ConfigText.errorRows(refused.errors()));
            report.note("refused: nothing was changed");
        }
        return Exit.USAGE;
    }

    private Exit conflict(long expected, long head) {
        List<Change> since = ConfigDiff.between(document(expected), document(head));
        if (json) {
            report.json(Json.object()
                    .put("result", "conflict")
                    .put("expected", expected)
                    .put("version", head)
                    .put("changes", ConfigText.changes(since))
                    .putAll(more)
                    .build());
        } else {
            report.tableOfErrors(ConfigText.CHANGE_HEAD, ConfigText.changeRows(since));
            report.note("conflict: version " + head + " is in force, not " + expected
                    + "; above is what has changed since. Nothing was changed now: look at it, and try again.");
        }
        return Exit.FAILURE;
    }

    private String document(long version) {
        return ConfigBook.documentOf(
                version == 0 ? Optional.empty() : holdings.versions().byNumber(version));
    }
}
