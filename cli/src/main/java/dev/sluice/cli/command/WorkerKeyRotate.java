package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Prompt;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.key.Span;
import dev.sluice.cli.workerkey.WorkerKey;
import dev.sluice.core.access.KeyStrength;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description =
                "Make a new master key, prove that it works, and show it this once; the old one lives on for a grace.")
final class WorkerKeyRotate implements Callable<Integer> {
    private static final Duration LONGEST_GRACE = Duration.ofDays(90);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Context context;

    @Option(names = "--grace", paramLabel = "SPAN", description = "How long the old key lives on (default: 24h).")
    private @Nullable String grace;

    @Option(names = "--now", description = "The old key ends at once: for one that has leaked.")
    private boolean now;

    @Option(names = "--from-stdin", description = "Take this key, from a prompt or standard input; not a random one.")
    private boolean fromStdin;

    @Option(names = "--wait", paramLabel = "SPAN", description = "How long to wait for a deployed stack (default: 3m).")
    private @Nullable String wait;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Check everything, and change nothing.")
    private boolean dryRun;

    WorkerKeyRotate(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Duration lives = grace();
        Duration patience = wait == null ? WorkerKeyCommands.PATIENCE : span("--wait", wait, LONGEST_WAIT);
        WorkerKey.Wish wish = new WorkerKey.Wish(lives, own());
        try (Holdings holdings = context.holdings()) {
            WorkerKey key = WorkerKeyCommands.of(context, holdings, patience);
            key.check(wish);
            if (dryRun) {
                dry(lives);
                return Exit.OK.code();
            }
            confirm(lives);
            WorkerKey.Rotated rotated = key.rotate(wish);
            show(rotated);
            return (rotated.doubts().isEmpty() ? Exit.OK : Exit.FAILURE).code();
        }
    }

    private Duration grace() {
        if (now && grace != null) {
            throw CommandFailure.usage("--now is a grace of 0: give --now or --grace, not both");
        }
        if (now) {
            return Duration.ZERO;
        }
        return grace == null ? WorkerKeyState.USUAL_GRACE : span("--grace", grace, LONGEST_GRACE);
    }

    private static Duration span(String option, String given, Duration longest) {
        Duration span = Span.parse(given.strip())
                .orElseThrow(() -> CommandFailure.usage(
                        option + " is a span such as 24h, 90m or 2d, and 0 for none; not " + given));
        if (span.compareTo(longest) > 0) {
            throw CommandFailure.usage(option + " is at most " + Span.format(longest) + ", not " + given);
        }
        return span;
    }

    private Optional<String> own() {
        if (!fromStdin) {
            return Optional.empty();
        }
        Optional<Prompt> prompt = context.surroundings().prompt();
        String key;
        if (prompt.isPresent()) {
            char[] typed = prompt.get().secret("the new master key (not shown): ");
            key = typed == null ? "" : new String(typed);
        } else {
            key = new String(Input.read("-", context.surroundings()), StandardCharsets.UTF_8);
        }
        String given = key.strip();
        List<String> faults = KeyStrength.faults(given);
        if (!faults.isEmpty()) {
            throw CommandFailure.usage("this key is too weak. " + String.join(" ", faults)
                    + " Without --from-stdin a random key is made; nothing was changed");
        }
        return Optional.of(given);
    }

    /// Tools that have the old key need the new one: nobody shall do that by accident.
    private void confirm(Duration lives) {
        if (yes) {
            return;
        }
        Optional<Prompt> prompt = context.surroundings().prompt();
        if (prompt.isEmpty()) {
            throw CommandFailure.usage("every tool with the master key needs the new one "
                    + (lives.isZero() ? "at once" : "within " + Span.format(lives))
                    + ": say --yes to rotate it; nothing was changed");
        }
        char[] typed = prompt.get()
                .secret("Every tool with the master key needs the new one "
                        + (lives.isZero() ? "at once" : "within " + Span.format(lives)) + ". Type yes to rotate it: ");
        if (typed == null || !"yes".equals(new String(typed).strip())) {
            throw CommandFailure.usage("nothing was changed");
        }
    }

    private void dry(Duration lives) {
        if (context.common().json()) {
            context.report()
                    .json(Json.object()
                            .put("result", "dry-run")
                            .put("graceSeconds", lives.toSeconds())
                            .build());
        } else {
            context.report()
                    .line("would rotate the master key, the old one "
                            + (lives.isZero() ? "ending at once" : "living on for " + Span.format(lives))
                            + "; nothing was changed");
        }
    }

    private void show(WorkerKey.Rotated rotated) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object()
                    .put("result", "rotated")
                    .put("key", rotated.key())
                    .put("version", rotated.version())
                    .putIf("oldUntil", rotated.oldUntil().map(Instant::toString).orElse(null))
                    .put("proofs", Json.strings(rotated.proofs()))
                    .put("doubts", Json.strings(rotated.doubts()))
                    .build());
            return;
        }
        report.line("the master key is rotated");
        report.line("key       " + rotated.key() + "  (shown this once, keep it)");
        report.line("old key   "
                + rotated.oldUntil()
                        .map(when -> "valid until " + when.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("no longer valid"));
        rotated.proofs().forEach(proof -> report.line("proven    " + proof));
        rotated.doubts().forEach(doubt -> report.note("sluice: not as it should be: " + doubt));
    }
}
