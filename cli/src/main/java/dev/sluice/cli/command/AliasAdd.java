package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Give one name to one or several models; a * in it stands for any characters.")
final class AliasAdd implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "What clients will ask for, such as coding or claude-*.")
    private String id = "";

    @Mixin
    private AliasOptions alias = new AliasOptions();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    AliasAdd(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!alias.hasTargets()) {
            throw CommandFailure.usage("an alias leads somewhere: give --target PROVIDER/MODEL, once for each");
        }
        return new HeadChange(context, change, "alias add " + id).run(this::added);
    }

    private WorkingCopy added(WorkingCopy copy) {
        if (copy.aliases().containsKey(id)) {
            throw CommandFailure.usage("there is an alias " + id + " already: sluice alias edit " + id);
        }
        return copy.withAlias(id, alias.applied(Json.Obj.EMPTY));
    }
}
