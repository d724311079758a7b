package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.model.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "default",
        mixinStandardHelpOptions = true,
        description = "Say which model answers a request that names none, or smart, or auto.")
final class ModelDefault implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "REF", arity = "0..1", description = "A provider/model, a model's id or an alias.")
    private @Nullable String ref;

    @Option(names = "--none", description = "None: such a request is refused.")
    private boolean none;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    ModelDefault(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if ((ref == null) != none) {
            throw CommandFailure.usage("give a model, or --none");
        }
        return new HeadChange(context, change, none ? "model default --none" : "model default " + ref)
                .run(copy -> ref == null ? copy.without("defaultModel") : copy.with("defaultModel", Json.of(ref)));
    }
}
