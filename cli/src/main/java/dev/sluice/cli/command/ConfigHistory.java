package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.cli.control.Holdings;
import dev.sluice.core.config.Change;
import dev.sluice.core.config.ConfigDiff;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "List the versions of the configuration, the newest first.")
final class ConfigHistory implements Callable<Integer> {
    private final Context context;

    @Option(names = "--limit", paramLabel = "N", description = "At most that many (1 to 999, default 20).")
    private int limit = 20;

    ConfigHistory(Context context) {
        this.context = context;
    }

    /// A version and how it differs from the one before it.
    private record Step(Version version, List<Change> changes) {}

    @Override
    public Integer call() {
        if (limit < 1 || limit > 999) {
            throw CommandFailure.usage("--limit is a number from 1 to 999");
        }
        try (Holdings holdings = context.holdings()) {
            show(steps(holdings.versions().history(limit + 1)));
            return Exit.OK.code();
        }
    }

    private List<Step> steps(List<Version> newestFirst) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, newestFirst.size()); i++) {
            Optional<Version> before =
                    i + 1 < newestFirst.size() ? Optional.of(newestFirst.get(i + 1)) : Optional.empty();
            Version version = newestFirst.get(i);
            steps.add(new Step(version, ConfigDiff.between(ConfigBook.documentOf(before), version.document())));
        }
        return steps;
    }

    private void show(List<Step> steps) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object()
                    .put(
                            "versions",
                            Json.array(steps.stream().map(ConfigHistory::json).toList()))
                    .build());
        } else if (steps.isEmpty()) {
            report.line("nothing was ever configured");
        } else {
            report.table(
                    List.of("VERSION", "WHEN", "WHO", "CHANGES"),
                    steps.stream().map(ConfigHistory::row).toList());
        }
    }

    private static List<String> row(Step step) {
        Version version = step.version();
        return List.of(
                Long.toString(version.number()),
                version.when().toString(),
                version.who(),
                Integer.toString(step.changes().size()));
    }

    private static Json.Obj json(Step step) {
        Version version = step.version();
        return Json.object()
                .put("version", version.number())
                .put("when", version.when().toString())
                .put("who", version.who())
                .put("changes", ConfigText.changes(step.changes()))
                .build();
    }
}
