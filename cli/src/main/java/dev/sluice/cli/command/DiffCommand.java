package dev.sluice.cli.command;

import dev.sluice.aws.owner.Owner;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.deploy.Deployer;
import dev.sluice.cli.deploy.Infra;
import dev.sluice.cli.deploy.NpxCdk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Show what sluice deploy would change in your AWS account, and what an idle month costs; changes"
                + " nothing.")
final class DiffCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--context",
            paramLabel = "KEY=VALUE",
            description = "A setting of the stack, such as sluice:memoryMb=2048; may be given several times.")
    private List<String> settings = new ArrayList<>();

    DiffCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = context.surroundings();
        Infra infra = Infra.of(surroundings);
        try (Owner owner = Owner.open(context.common().owner(surroundings), context.report()::note)) {
            Deployer.Plan plan = new Deployer(
                            owner,
                            new NpxCdk(infra.folder(), owner.variables()),
                            infra,
                            surroundings,
                            DeployCommand.steps(context),
                            new Deployer.Wish(settings, false))
                    .diff();
            show(plan, context);
            return Exit.OK.code();
        }
    }

    /// For people the steps have said it all.
    static void show(Deployer.Plan plan, Context context) {
        if (context.common().json()) {
            context.report().json(plan.json());
        }
    }
}
