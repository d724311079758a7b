package dev.sluice.cli.command;

import dev.sluice.aws.owner.Owner;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.deploy.Check;
import dev.sluice.cli.deploy.Standing;
import dev.sluice.cli.deploy.Trial;
import dev.sluice.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show how the deployed gateway stands: stack, version, address, function, rotation, health, last"
                + " errors. Exit code 1 when something needs you.")
final class StatusCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--smoke",
            description = "Also try it out: keys that must be refused, and a stream of the demo model in two dialects.")
    private boolean smoke;

    StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = context.surroundings();
        try (Owner owner = Owner.open(context.common().owner(surroundings), context.report()::note)) {
            Standing standing = Standing.of(owner, surroundings.time(), CommandTree.Version.built());
            List<Check> checks = smoke ? new Trial(owner, surroundings.time()).run() : List.of();
            show(standing, checks);
            boolean isWell = standing.isWell() && checks.stream().allMatch(Check::passed);
            return (isWell ? Exit.OK : Exit.FAILURE).code();
        }
    }

    private void show(Standing standing, List<Check> checks) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(standing.json()
                    .with("checks", Json.array(checks.stream().map(Check::json).toList())));
            return;
        }
        report.table(
                List.of("WHAT", "IS"),
                standing.facts().stream()
                        .map(fact -> List.of(fact.name(), fact.value()))
                        .toList());
        if (!checks.isEmpty()) {
            report.line("");
            report.table(Check.HEAD, checks.stream().map(Check::row).toList());
        }
    }
}
