package dev.sluice.cli.command;

import dev.sluice.aws.owner.Owner;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.deploy.Check;
import dev.sluice.cli.deploy.Smoke;
import dev.sluice.cli.deploy.Standing;
import dev.sluice.cli.deploy.Trial;
import dev.sluice.model.Json;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Only try out the gateway at that address, without AWS: a deployed one or a running start.")
    private @Nullable String url;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Its master key, with --url (default: SLUICE_MASTER_KEY).")
    private @Nullable String key;

    StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = context.surroundings();
        if (url != null) {
            return tryOut(url, surroundings).code();
        }
        try (Owner owner = Owner.open(context.common().owner(surroundings), context.report()::note)) {
            Standing standing = Standing.of(owner, surroundings.time(), CommandTree.Version.built());
            List<Check> checks = smoke ? new Trial(owner, surroundings.time()).run() : List.of();
            show(standing, checks);
            boolean isWell = standing.isWell() && checks.stream().allMatch(Check::passed);
            return (isWell ? Exit.OK : Exit.FAILURE).code();
        }
    }

    private Exit tryOut(String address, Surroundings surroundings) {
        String secret = key == null ? surroundings.variable("SLUICE_MASTER_KEY").orElse("") : key;
        List<Check> checks = new Smoke(address(address), secret, surroundings.time()).run();
        boolean passed = checks.stream().allMatch(Check::passed);
        if (context.common().json()) {
            context.report()
                    .json(Json.object()
                            .put("url", address)
                            .put("well", passed)
                            .put(
                                    "checks",
                                    Json.array(checks.stream().map(Check::json).toList()))
                            .build());
        } else {
            context.report()
                    .table(
                            Check.HEAD,
                            checks.stream()
                                    .map(check ->
                                            check.row(context.surroundings().out()))
                                    .toList());
        }
        return passed ? Exit.OK : Exit.FAILURE;
    }

    private static URI address(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException noUrl) {
            // refused below
        }
        throw CommandFailure.usage("--url is the gateway's address, such as http://127.0.0.1:8787, not " + text);
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
            report.table(
                    Check.HEAD,
                    checks.stream()
                            .map(check -> check.row(context.surroundings().out()))
                            .toList());
        }
    }
}
