package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.ModelRef;
import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Name a model of a provider, and what is known of it.")
final class ModelAdd implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "PROVIDER/MODEL", description = "The model, as the provider calls it.")
    private String ref = "";

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    ModelAdd(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ModelRef named = ModelRef.parse(ref);
        return new HeadChange(context, change, "model add " + ref).run(copy -> added(copy, named));
    }

    private WorkingCopy added(WorkingCopy copy, ModelRef named) {
        Json.Obj provider = copy.provider(named.provider());
        if (ProviderModels.find(provider, named.model()).isPresent()) {
            throw CommandFailure.usage("there is a model " + named + " already: sluice model edit " + named);
        }
        Json.Obj bare = Json.object().put("id", named.model()).build();
        return copy.withProvider(ProviderModels.with(provider, model.applied(bare)));
    }
}
