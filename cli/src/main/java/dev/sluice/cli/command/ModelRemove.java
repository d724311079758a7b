package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.ModelRef;
import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Take a model off a provider's list; PROVIDER/* takes away that any id passes through.")
final class ModelRemove implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "PROVIDER/MODEL", description = "A model of sluice model list.")
    private String ref = "";

    @Mixin
    private Cascade cascade = new Cascade();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    ModelRemove(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ModelRef named = ModelRef.parse(ref);
        return new HeadChange(context, change, "model remove " + ref).run(copy -> removed(copy, named));
    }

    private WorkingCopy removed(WorkingCopy copy, ModelRef named) {
        Json.Obj provider = copy.provider(named.provider());
        if (ProviderModels.find(provider, named.model()).isEmpty()) {
            List<String> known = new ArrayList<>(ProviderModels.ids(provider));
            throw WorkingCopy.unknown(
                    "model of " + named.provider() + " called", named.model(), known, "sluice model list");
        }
        return cascade.settle("the model " + named, copy.withProvider(ProviderModels.without(provider, named.model())));
    }
}
