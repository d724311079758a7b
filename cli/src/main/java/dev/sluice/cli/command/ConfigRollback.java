package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.cli.control.Holdings;
import dev.sluice.core.ports.ConfigVersions.Version;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Put an old version in force again, as a new version.")
final class ConfigRollback implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "VERSION", description = "A number of sluice config history.")
    private String version = "head";

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    ConfigRollback(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            Version old = Numbers.find(holdings.versions(), version)
                    .orElseThrow(() -> CommandFailure.usage("there is no version to roll back to"));
            ConfigBook book =
                    new ConfigBook(holdings.versions(), context.surroundings().time());
            String who = context.surroundings().who() + " (rollback to " + old.number() + ")";
            context.settle();
            return new ApplyReport(context, holdings)
                    .show(book.apply(old.document().getBytes(StandardCharsets.UTF_8), options.wish(who)));
        }
    }
}
