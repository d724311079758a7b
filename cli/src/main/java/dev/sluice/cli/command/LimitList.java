package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List the limits, of all providers or one.")
final class LimitList implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "PROVIDER", arity = "0..1", description = "Only of that provider.")
    private @Nullable String id;

    LimitList(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            WorkingCopy copy = WorkingCopy.of(holdings.versions().head());
            show(id == null ? copy.providers() : List.of(copy.provider(id)));
            return Exit.OK.code();
        }
    }

    private void show(List<Json.Obj> providers) {
        List<Json.Obj> limits = new ArrayList<>();
        for (Json.Obj provider : providers) {
            for (Json.Obj limit : WorkingCopy.objects(provider.items("rateLimits"))) {
                limits.add(Json.object()
                        .put("provider", provider.text("id", ""))
                        .putAll(limit)
                        .build());
            }
        }
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object().put("limits", Json.array(limits)).build());
        } else if (limits.isEmpty()) {
            report.line("no limit is configured: sluice limit add PROVIDER --window month:1 --requests 20000");
        } else {
            report.table(
                    List.of("PROVIDER", "LIMIT", "MODELS", "WINDOW", "REQUESTS", "TOKENS", "USD"),
                    limits.stream().map(LimitList::row).toList());
        }
    }

    private static List<String> row(Json.Obj limit) {
        Json.Obj window = limit.object("window");
        Long size = window == null ? null : window.whole("size");
        return List.of(
                limit.text("provider", ""),
                limit.text("id", ""),
                String.join(
                        " ",
                        limit.items("models").stream()
                                .map(model -> model instanceof Json.Str(String text) ? text : "")
                                .toList()),
                window == null ? "" : window.text("unit", "") + ":" + (size == null ? 1 : size),
                cap(limit.whole("requests")),
                cap(limit.whole("tokens")),
                limit.text("usd", ""));
    }

    private static String cap(@Nullable Long cap) {
        return cap == null ? "" : Long.toString(cap);
    }
}
