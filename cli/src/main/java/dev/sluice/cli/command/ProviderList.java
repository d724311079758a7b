package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "List the configured providers: the dialects they are spoken to in, their models, their secrets' names.")
final class ProviderList implements Callable<Integer> {
    private final Context context;

    ProviderList(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            WorkingCopy copy = WorkingCopy.of(holdings.versions().head());
            List<String> kept = holdings.credentials().list().stream()
                    .map(CredentialStore.Entry::name)
                    .toList();
            show(copy.providers(), kept);
            return Exit.OK.code();
        }
    }

    private void show(List<Json.Obj> providers, List<String> kept) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object()
                    .put(
                            "providers",
                            Json.array(providers.stream()
                                    .map(provider -> json(provider, kept))
                                    .toList()))
                    .build());
        } else if (providers.isEmpty()) {
            report.line("no provider is configured: sluice provider presets, then sluice provider add NAME");
        } else {
            report.table(
                    List.of("NAME", "DIALECTS", "MODELS", "SECRET", ""),
                    providers.stream().map(provider -> row(provider, kept)).toList());
        }
    }

    private static Json.Obj json(Json.Obj provider, List<String> kept) {
        boolean isKept = provider.field("credential") instanceof Json.Str(String name) && kept.contains(name);
        return Json.object()
                .put("id", provider.text("id", ""))
                .put("name", provider.text("name", provider.text("id", "")))
                .put("enabled", isEnabled(provider))
                .putIf("endpoints", provider.field("endpoints"))
                .put("anyModel", ProviderModels.isAny(provider))
                .put("models", Json.strings(ProviderModels.ids(provider)))
                .putIf("credential", provider.present("credential"))
                .put("credentialIsSet", isKept)
                .build();
    }

    private static List<String> row(Json.Obj provider, List<String> kept) {
        Json.Obj endpoints = provider.object("endpoints");
        return List.of(
                provider.text("id", ""),
                endpoints == null ? "" : String.join(" ", endpoints.fields().keySet()),
                models(provider),
                secret(provider.present("credential"), kept),
                isEnabled(provider) ? "" : "disabled");
    }

    private static String models(Json.Obj provider) {
        List<String> words = new ArrayList<>();
        if (ProviderModels.isAny(provider)) {
            words.add("any");
        }
        int named = ProviderModels.ids(provider).size();
        if (named > 0 || words.isEmpty()) {
            words.add(named + " named");
        }
        return String.join(", ", words);
    }

    private static String secret(@Nullable Json credential, List<String> kept) {
        return switch (credential) {
            case null -> "none";
            case Json.Str(String name) -> name + (kept.contains(name) ? "" : " (not set)");
            case Json.Obj object -> "$" + object.text("env", "");
            case Json.Num _, Json.Bool _, Json.Null _, Json.Arr _ -> "";
        };
    }

    private static boolean isEnabled(Json.Obj provider) {
        return provider.field("enabled") != Json.FALSE;
    }
}
