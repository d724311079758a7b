package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.WorkingCopy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Remove a provider with its models and limits; its secret stays in the credential store.")
final class ProviderRemove implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "A name of sluice provider list.")
    private String id = "";

    @Mixin
    private Cascade cascade = new Cascade();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    ProviderRemove(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return new HeadChange(context, change, "provider remove " + id).run(this::removed);
    }

    private WorkingCopy removed(WorkingCopy copy) {
        String known = copy.provider(id).text("id", "");
        return cascade.settle("the provider " + known, copy.withoutProvider(known));
    }
}
