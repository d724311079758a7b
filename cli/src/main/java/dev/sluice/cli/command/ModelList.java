package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the configured models, of all providers or one.")
final class ModelList implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "PROVIDER", arity = "0..1", description = "Only of that provider.")
    private @Nullable String id;

    ModelList(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            WorkingCopy copy = WorkingCopy.of(holdings.versions().head());
            List<Json.Obj> providers = id == null ? copy.providers() : List.of(copy.provider(id));
            show(copy.document().text("defaultModel"), providers);
            return Exit.OK.code();
        }
    }

    private void show(@Nullable String first, List<Json.Obj> providers) {
        List<Json.Obj> models = providers.stream()
                .flatMap(provider -> models(provider).stream())
                .toList();
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object()
                    .put("defaultModel", Json.orNull(first))
                    .put("models", Json.array(models))
                    .build());
            return;
        }
        if (models.isEmpty()) {
            report.line("no model is configured: sluice provider add NAME, sluice model add PROVIDER/MODEL");
        } else {
            report.table(
                    List.of("MODEL", "CONTEXT", "OUTPUT", "USD PER MILLION", "ALSO CALLED", ""),
                    models.stream().map(ModelList::row).toList());
        }
        report.note(first == null ? "no default model" : "default model: " + first);
    }

    private static List<Json.Obj> models(Json.Obj provider) {
        String id = provider.text("id", "");
        List<Json.Obj> models = new ArrayList<>();
        if (ProviderModels.isAny(provider)) {
            models.add(Json.object().put("ref", id + "/*").build());
        }
        for (String model : ProviderModels.ids(provider)) {
            ProviderModels.find(provider, model)
                    .ifPresent(found -> models.add(Json.object()
                            .put("ref", id + "/" + model)
                            .putAll(found.without("id"))
                            .build()));
        }
        return models;
    }

    private static List<String> row(Json.Obj model) {
        return List.of(
                model.text("ref", ""),
                number(model.whole("contextWindow")),
                number(model.whole("maxOutputTokens")),
                price(model.object("price")),
                String.join(
                        " ",
                        model.items("aliases").stream()
                                .map(alias -> alias instanceof Json.Str(String text) ? text : "")
                                .toList()),
                model.field("enabled") == Json.FALSE ? "disabled" : "");
    }

    private static String number(@Nullable Long number) {
        return number == null ? "" : Long.toString(number);
    }

    private static String price(Json.@Nullable Obj price) {
        return price == null ? "" : price.text("input", "?") + " in, " + price.text("output", "?") + " out";
    }
}
