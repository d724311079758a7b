package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.cli.control.Holdings;
import dev.sluice.core.config.Change;
import dev.sluice.core.config.ConfigDiff;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "diff", mixinStandardHelpOptions = true, description = "Show what changed from one version to another.")
final class ConfigCompare implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "A", description = "A version's number, head, or 0 for nothing configured.")
    private String from = "0";

    @Parameters(index = "1", paramLabel = "B", description = "The version to compare it with; a number, head or 0.")
    private String to = "head";

    ConfigCompare(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            ConfigVersions versions = holdings.versions();
            show(Numbers.find(versions, from), Numbers.find(versions, to));
            return Exit.OK.code();
        }
    }

    private void show(Optional<Version> before, Optional<Version> after) {
        List<Change> changes = ConfigDiff.between(ConfigBook.documentOf(before), ConfigBook.documentOf(after));
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object()
                    .put("from", before.map(Version::number).orElse(0L))
                    .put("to", after.map(Version::number).orElse(0L))
                    .put("changes", ConfigText.changes(changes))
                    .build());
        } else if (changes.isEmpty()) {
            report.line("no difference");
        } else {
            report.table(ConfigText.CHANGE_HEAD, ConfigText.changeRows(changes));
        }
    }
}
