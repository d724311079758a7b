package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.NewLimit;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "remove", mixinStandardHelpOptions = true, description = "Remove a limit of a provider.")
final class LimitRemove implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "PROVIDER", description = "A name of sluice provider list.")
    private String provider = "";

    @Parameters(index = "1", paramLabel = "ID", description = "An id of sluice limit list.")
    private String id = "";

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    LimitRemove(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return new HeadChange(context, change, "limit remove " + provider + " " + id).run(this::removed);
    }

    private WorkingCopy removed(WorkingCopy copy) {
        Json.Obj known = copy.provider(provider);
        return copy.withProvider(
                NewLimit.without(known, NewLimit.find(known, id).text("id", "")));
    }
}
