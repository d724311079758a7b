package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.NewLimit;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit",
        mixinStandardHelpOptions = true,
        description = "Change a limit; what no option names stays as it is.")
final class LimitEdit implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "PROVIDER", description = "A name of sluice provider list.")
    private String provider = "";

    @Parameters(index = "1", paramLabel = "ID", description = "An id of sluice limit list.")
    private String id = "";

    @Mixin
    private LimitOptions limit = new LimitOptions();

    @Option(
            names = "--clear",
            paramLabel = "FIELD",
            description = "Without that cap any more: requests, tokens or usd.")
    private List<String> cleared = List.of();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    LimitEdit(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return new HeadChange(context, change, "limit edit " + provider + " " + id).run(this::edited);
    }

    private WorkingCopy edited(WorkingCopy copy) {
        Json.Obj known = copy.provider(provider);
        Json.Obj edited = edited(NewLimit.find(known, id));
        return copy.withProvider(NewLimit.edited(known, edited));
    }

    private Json.Obj edited(Json.Obj before) {
        Json.Obj after = before;
        for (String field : cleared) {
            if (!after.has(field)) {
                throw WorkingCopy.unknown("cap", field, after.fields().keySet(), "sluice limit list --json");
            }
            after = after.without(field);
        }
        return limit.applied(after);
    }
}
