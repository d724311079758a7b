package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.doctor.Area;
import dev.sluice.cli.doctor.AreaReport;
import dev.sluice.cli.doctor.Doctor;
import dev.sluice.cli.doctor.Premises;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.core.config.NearestName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Look at everything that can be wrong, and say of each finding what mends it. Nothing is changed.",
            "It is about this machine, or with --stack, --region or --profile about a deployed stack. Every endpoint is asked"
                    + " for its list of models, which costs nothing; for each coding tool that is set up, one small request"
                    + " of its own kind is sent through the gateway (--skip-gates leaves that out).",
            "Exit code 1 when there is a warning or an error; notes are none."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 600;

    /// A large model that thinks, or one that has to be loaded first, takes that long before its first word.
    private static final Duration SLOWEST = Duration.ofSeconds(45);

    private final Context context;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "AREA",
            description =
                    "Only look at machine, clock, configuration, credentials, providers, table, stack, master-key,"
                            + " gateway or tools; several with commas between them.")
    private List<String> only = List.of();

    @Option(
            names = "--live",
            description = "Also have one model of each provider answer and call a tool, at the provider's price.")
    private boolean live;

    @Option(names = "--skip-gates", description = "Send no request like a coding tool's.")
    private boolean skipGates;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description =
                    "How long each area may take (default: 10; with --live 60), and a coding tool's models to answer (45).")
    private @Nullable Integer seconds;

    @Option(
            names = "--store",
            paramLabel = "embedded|dynamodb",
            description = "As start was given it: with dynamodb, its table is looked at as well.")
    private @Nullable String store;

    @Option(names = "--table", paramLabel = "NAME", description = "The table of --store dynamodb (default: sluice).")
    private @Nullable String table;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    DoctorCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Doctor.Wish wish = wish();
        Surroundings surroundings = context.surroundings();
        try (Premises premises = gateway.premises(context)) {
            List<Area> areas = Doctor.areas(premises, wish);
            DoctorProgress progress =
                    DoctorProgress.of(surroundings, context.common().json(), areas);
            progress.begin();
            List<AreaReport> reports = Doctor.look(premises, wish, progress::ended, this::fault);
            progress.end();
            DoctorText text = new DoctorText(
                    reports, Paint.of(surroundings), surroundings.out().charset(), Width.of(surroundings));
            if (context.common().json()) {
                context.report().json(text.json());
            } else {
                text.lines().forEach(context.report()::line);
            }
            return (text.isWell() ? Exit.OK : Exit.FAILURE).code();
        }
    }

    private Doctor.Wish wish() {
        int patience = seconds == null ? live ? 60 : 10 : seconds;
        if (patience < 1 || patience > MOST_SECONDS) {
            throw CommandFailure.usage("--timeout is 1 to " + MOST_SECONDS + " seconds");
        }
        return new Doctor.Wish(
                areas(),
                live,
                !skipGates,
                Duration.ofSeconds(patience),
                seconds == null ? SLOWEST : Duration.ofSeconds(patience),
                table(),
                context.common().scope());
    }

    private Set<Area> areas() {
        Set<Area> areas = EnumSet.noneOf(Area.class);
        for (String id : only) {
            areas.add(Area.named(id.strip())
                    .orElseThrow(() -> CommandFailure.usage("--only: there is no area " + id
                            + NearestName.of(id, Area.ids())
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("; there are " + String.join(", ", Area.ids())))));
        }
        return areas;
    }

    private Optional<StoreChoice.DynamoDb> table() {
        if (store != null && !store.equals("embedded") && !store.equals("dynamodb")) {
            throw CommandFailure.usage("--store is embedded or dynamodb, not " + store);
        }
        boolean isWanted = "dynamodb".equals(store);
        if (table != null && !isWanted) {
            throw CommandFailure.usage("--table names a table of DynamoDB: it needs --store dynamodb");
        }
        return isWanted ? Optional.of(new StoreChoice.DynamoDb(StartCommand.tableName(table))) : Optional.empty();
    }

    private void fault(RuntimeException fault) {
        if (context.common().debug()) {
            fault.printStackTrace(context.surroundings().err());
        }
    }
}
