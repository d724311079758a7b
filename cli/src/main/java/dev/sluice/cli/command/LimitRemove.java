package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.List;
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
        String found = LimitList.find(known, id).text("id", "");
        List<Json> left = WorkingCopy.without(known.items("rateLimits"), item -> WorkingCopy.isCalled(item, found));
        return copy.withProvider(
                left.isEmpty() ? known.without("rateLimits") : known.with("rateLimits", Json.array(left)));
    }
}
