package dev.sluice.cli.command;

import dev.sluice.aws.owner.Owner;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.deploy.Check;
import dev.sluice.cli.deploy.Deployer;
import dev.sluice.cli.deploy.Infra;
import dev.sluice.cli.deploy.NpxCdk;
import dev.sluice.cli.deploy.Steps;
import dev.sluice.cli.deploy.Trial;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = {
            "Make or update the gateway in your AWS account, then try it out.",
            "Shows what would change and what an idle month costs, and asks before it changes anything. Needs Node.js"
                    + " (the AWS CDK runs on it) and AWS credentials. What shall hold for every deployment belongs in"
                    + " infra/cdk.json; docs/deploy.md has all settings."
        })
final class DeployCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--context",
            paramLabel = "KEY=VALUE",
            description = "A setting of the stack, such as sluice:memoryMb=2048; may be given several times.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--yes", description = "Ask nothing.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only show what would change, as sluice diff does.")
    private boolean dryRun;

    @Option(names = "--show-key", description = "Print the master key in the settings for tools.")
    private boolean showKey;

    DeployCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = context.surroundings();
        Infra infra = Infra.of(surroundings);
        try (Owner owner = Owner.open(context.common().owner(surroundings), context.report()::note)) {
            Steps steps = steps(context);
            Deployer deployer = new Deployer(
                    owner,
                    new NpxCdk(infra.folder(), owner.variables()),
                    infra,
                    surroundings,
                    steps,
                    new Deployer.Wish(settings, yes));
            if (dryRun) {
                DiffCommand.show(deployer.diff(), context);
                return Exit.OK.code();
            }
            deployer.deploy();
            return tried(owner, steps).code();
        }
    }

    /// In JSON the steps go beside the answer.
    static Steps steps(Context context) {
        Surroundings surroundings = context.surroundings();
        return new Steps(context.common().json() ? surroundings.err() : surroundings.out());
    }

    private Exit tried(Owner owner, Steps steps) {
        Trial trial = new Trial(owner, context.surroundings().time());
        trial.await(steps);
        List<Check> checks = trial.run();
        boolean passed = checks.stream().allMatch(Check::passed);
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object()
                    .put("stack", owner.stackName())
                    .put("url", owner.deployment().address().toString())
                    .put("version", owner.deployment().version())
                    .put("passed", passed)
                    .put("checks", Json.array(checks.stream().map(Check::json).toList()))
                    .putIf("masterKey", showKey ? trial.key().orElse(null) : null)
                    .build());
            return passed ? Exit.OK : Exit.FAILURE;
        }
        report.line("");
        report.table(
                Check.HEAD,
                checks.stream()
                        .map(check -> check.row(context.surroundings().out()))
                        .toList());
        report.line("");
        Optional<String> shown = showKey ? trial.key() : Optional.empty();
        Trial.settings(owner.deployment(), shown).forEach(report::line);
        if (!passed) {
            report.note("the stack stands, but not all of it answers as it should: sluice status --smoke tries again");
        }
        return passed ? Exit.OK : Exit.FAILURE;
    }
}
