package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.ModelRef;
import dev.sluice.cli.provider.ProviderModels;
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
        description = "Change what is known of a model; what no option names stays as it is.")
final class ModelEdit implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "PROVIDER/MODEL", description = "A model of sluice model list.")
    private String ref = "";

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--clear",
            paramLabel = "FIELD",
            description = "Forget what is said in that field, such as aliases, price or capabilities.")
    private List<String> cleared = List.of();

    @Option(names = "--enable", description = "Route to it.")
    private boolean enable;

    @Option(names = "--disable", description = "Keep it, but route nothing to it.")
    private boolean disable;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    ModelEdit(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (enable && disable) {
            throw CommandFailure.usage("--enable or --disable, not both");
        }
        ModelRef named = ModelRef.parse(ref);
        return new HeadChange(context, change, "model edit " + ref).run(copy -> edited(copy, named));
    }

    private WorkingCopy edited(WorkingCopy copy, ModelRef named) {
        Json.Obj provider = copy.provider(named.provider());
        Json.Obj before = ProviderModels.find(provider, named.model())
                .orElseThrow(() -> WorkingCopy.unknown(
                        "model of " + named.provider() + " called",
                        named.model(),
                        ProviderModels.ids(provider),
                        "sluice model list"));
        return copy.withProvider(ProviderModels.with(provider, edited(before)));
    }

    private Json.Obj edited(Json.Obj before) {
        Json.Obj after = before;
        for (String field : cleared) {
            if (!after.has(field) || field.equals("id")) {
                throw WorkingCopy.unknown(
                        "field", field, after.without("id").fields().keySet(), "sluice model list --json");
            }
            after = after.without(field);
        }
        after = model.applied(after);
        return enable || disable ? WorkingCopy.enabled(after, enable) : after;
    }
}
