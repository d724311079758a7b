package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.workerkey.Proofs;
import dev.sluice.cli.workerkey.WorkerKey;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "revoke-previous",
        mixinStandardHelpOptions = true,
        description = "End the master key before the current one now, whatever is left of its grace.")
final class WorkerKeyRevokePrevious implements Callable<Integer> {
    private final Context context;

    @Option(names = "--dry-run", description = "Say whether there is one, and change nothing.")
    private boolean dryRun;

    WorkerKeyRevokePrevious(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            WorkerKey key = WorkerKeyCommands.of(context, holdings, WorkerKeyCommands.PATIENCE);
            Optional<WorkerKeyState.Key> previous = key.standing()
                    .state()
                    .previous()
                    .filter(one -> one.lives(context.surroundings().time().now()));
            if (dryRun) {
                say(previous.isPresent() ? "dry-run" : "none", List.of(), List.of());
                return Exit.OK.code();
            }
            Optional<Proofs> proofs = key.revokePrevious();
            List<String> doubts = proofs.map(Proofs::doubts).orElse(List.of());
            say(
                    proofs.isPresent() ? "revoked" : "none",
                    proofs.map(Proofs::proofs).orElse(List.of()),
                    doubts);
            return (doubts.isEmpty() ? Exit.OK : Exit.FAILURE).code();
        }
    }

    private void say(String result, List<String> proofs, List<String> doubts) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object()
                    .put("result", result)
                    .put("proofs", Json.strings(proofs))
                    .put("doubts", Json.strings(doubts))
                    .build());
            return;
        }
        report.line(
                switch (result) {
                    case "revoked" -> "the previous key is revoked: it is refused from now on, within 5 s everywhere";
                    case "dry-run" -> "would revoke the previous key; nothing was changed";
                    default -> "no previous key is valid: nothing was changed";
                });
        proofs.forEach(report::line);
        doubts.forEach(doubt -> report.note("sluice: " + doubt));
    }
}
