package dev.sluice.cli.command;

import dev.sluice.aws.owner.Owner;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.deploy.Removal;
import dev.sluice.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "destroy",
        mixinStandardHelpOptions = true,
        description =
                "Remove the gateway from your AWS account. What holds data (the table, the secrets, the logs) stays"
                        + " unless --delete-data is given; asks for the stack's name.")
final class DestroyCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--yes", description = "Ask nothing.")
    private boolean yes;

    @Option(
            names = "--delete-data",
            description =
                    "Also delete the table, the secrets and the logs, for good: configuration, keys and providers'"
                            + " credentials are gone.")
    private boolean deleteData;

    @Option(names = "--dry-run", description = "Show what would go and what would stay, and change nothing.")
    private boolean dryRun;

    DestroyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = context.surroundings();
        try (Owner owner = Owner.open(context.common().owner(surroundings), context.report()::note)) {
            new Removal(owner, surroundings, DeployCommand.steps(context))
                    .remove(new Removal.Wish(yes, deleteData, dryRun));
            if (context.common().json()) {
                context.report()
                        .json(Json.object()
                                .put("stack", owner.stackName())
                                .put("result", dryRun ? "dry-run" : "removed")
                                .put("dataDeleted", deleteData && !dryRun)
                                .build());
            }
            return Exit.OK.code();
        }
    }
}
