package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.WorkingCopy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "remove", mixinStandardHelpOptions = true, description = "Remove an alias.")
final class AliasRemove implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "A name of sluice alias list.")
    private String id = "";

    @Mixin
    private Cascade cascade = new Cascade();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    AliasRemove(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return new HeadChange(context, change, "alias remove " + id).run(this::removed);
    }

    private WorkingCopy removed(WorkingCopy copy) {
        var _ = copy.alias(id);
        return cascade.settle("the alias " + id, copy.withoutAlias(id));
    }
}
