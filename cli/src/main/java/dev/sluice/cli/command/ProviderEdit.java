package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit",
        mixinStandardHelpOptions = true,
        description = "Change what is said of a provider; what no option names stays as it is.")
final class ProviderEdit implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "A name of sluice provider list.")
    private String id = "";

    @Mixin
    private ProviderOptions provider = new ProviderOptions();

    @Option(names = "--remove-url", paramLabel = "DIALECT", description = "Do not speak that dialect to it any more.")
    private List<String> withoutUrls = List.of();

    @Option(names = "--remove-header", paramLabel = "NAME", description = "Do not send that header any more.")
    private List<String> withoutHeaders = List.of();

    @Option(names = "--no-credential", description = "Send no secret.")
    private boolean withoutCredential;

    @Option(names = "--enable", description = "Route to it.")
    private boolean enable;

    @Option(names = "--disable", description = "Keep it, but route nothing to it.")
    private boolean disable;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    ProviderEdit(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (enable && disable) {
            throw CommandFailure.usage("--enable or --disable, not both");
        }
        return new HeadChange(context, change, "provider edit " + id)
                .run(copy -> copy.withProvider(edited(copy.provider(id))));
    }

    private Json.Obj edited(Json.Obj before) {
        Json.Obj after = provider.applied(before);
        for (String dialect : withoutUrls) {
            after = without(
                    after,
                    "endpoints",
                    ProviderOptions.dialect(dialect, "--remove-url").id());
        }
        for (String header : withoutHeaders) {
            after = without(after, "headers", header);
        }
        after = withoutCredential ? after.without("credential") : after;
        return enable || disable ? WorkingCopy.enabled(after, enable) : after;
    }

    private static Json.Obj without(Json.Obj provider, String field, String name) {
        Json.Obj known = provider.object(field);
        if (known == null || !known.has(name)) {
            List<String> names =
                    known == null ? List.of() : new ArrayList<>(known.fields().keySet());
            throw WorkingCopy.unknown(
                    field.equals("headers") ? "header" : "base URL for", name, names, "sluice config show");
        }
        Json.Obj left = known.without(name);
        return left.isEmpty() && field.equals("headers") ? provider.without(field) : provider.with(field, left);
    }
}
