package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.NewLimit;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Say how much of a provider may be used in a window; what is full is skipped.")
final class LimitAdd implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "PROVIDER", description = "A name of sluice provider list.")
    private String provider = "";

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Its id among the provider's limits (default: its window).")
    private @Nullable String id;

    @Mixin
    private LimitOptions limit = new LimitOptions();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    LimitAdd(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!limit.hasCap()) {
            throw CommandFailure.usage("a limit has at least one of --requests, --tokens and --usd");
        }
        String named = id == null ? limit.idOf("") : id;
        if (named.isEmpty()) {
            throw CommandFailure.usage("a limit has a --window, such as month:1, 1w or 7day");
        }
        return new HeadChange(context, change, "limit add " + provider + " " + named).run(copy -> added(copy, named));
    }

    private WorkingCopy added(WorkingCopy copy, String named) {
        Json.Obj known = copy.provider(provider);
        if (NewLimit.has(known, named)) {
            throw CommandFailure.usage("there is a limit " + named + " of " + provider
                    + " already: change it with sluice limit edit " + provider + " " + named
                    + ", or give this one another --id");
        }
        return copy.withProvider(NewLimit.with(known, limit.applied(NewLimit.bare(named))));
    }
}
