package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.key.Span;
import dev.sluice.cli.workerkey.WorkerKey;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.model.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "show-status",
        mixinStandardHelpOptions = true,
        description = "Since when the master key holds, what else is valid, and when it is rotated next.")
final class WorkerKeyStatus implements Callable<Integer> {
    private final Context context;

    WorkerKeyStatus(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            WorkerKey.Standing standing = WorkerKeyCommands.of(context, holdings, WorkerKeyCommands.PATIENCE)
                    .standing();
            if (context.common().json()) {
                context.report().json(json(standing));
            } else {
                lines(standing);
            }
            return Exit.OK.code();
        }
    }

    private Instant now() {
        return context.surroundings().time().now();
    }

    private Optional<WorkerKeyState.Key> alive(Optional<WorkerKeyState.Key> key) {
        return key.filter(one -> one.lives(now()));
    }

    private void lines(WorkerKey.Standing standing) {
        WorkerKeyState state = standing.state();
        Report report = context.report();
        report.line("current   "
                + state.current()
                        .map(key -> since(key) + ", version " + key.version())
                        .orElse("none yet"));
        report.line("previous  "
                + alive(state.previous())
                        .map(key -> "valid until " + shown(key.until()))
                        .orElse("none that is valid"));
        report.line("pending   "
                + alive(state.pending())
                        .map(key -> since(key) + ", version " + key.version())
                        .orElse("none"));
        report.line(
                "grace     " + Span.format(state.grace()) + " (how long the next rotation lets the old key live on)");
        report.line("next      "
                + standing.next()
                        .map(when -> shown(when) + " at the latest")
                        .orElse("when you run sluice worker-key rotate"));
        standing.doubts().forEach(doubt -> report.note("sluice: " + doubt));
    }

    private static String shown(@Nullable Instant when) {
        return when == null
                ? "another rotation"
                : when.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String since(WorkerKeyState.Key key) {
        return key.since().equals(Instant.EPOCH) ? "since an earlier version of Sluice" : "since " + shown(key.since());
    }

    private Json.Obj json(WorkerKey.Standing standing) {
        WorkerKeyState state = standing.state();
        return Json.object()
                .putIf("current", json(state.current()))
                .putIf("previous", json(alive(state.previous())))
                .putIf("pending", json(alive(state.pending())))
                .put("graceSeconds", state.grace().toSeconds())
                .putIf("rotated", state.rotated().map(Instant::toString).orElse(null))
                .putIf("next", standing.next().map(Instant::toString).orElse(null))
                .put("doubts", Json.strings(standing.doubts()))
                .build();
    }

    private static Json.@Nullable Obj json(Optional<WorkerKeyState.Key> key) {
        return key.map(one -> Json.object()
                        .put("version", one.version())
                        .put("since", one.since().toString())
                        .putIf("until", one.until() == null ? null : one.until().toString())
                        .build())
                .orElse(null);
    }
}
