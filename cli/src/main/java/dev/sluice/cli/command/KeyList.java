package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.model.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the keys with what each may do, revoked and expired ones too; never the keys themselves.")
final class KeyList implements Callable<Integer> {
    private final Context context;

    KeyList(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            show(holdings.keys().list(), context.surroundings().time().now());
            return Exit.OK.code();
        }
    }

    private void show(List<KeyRecord> keys, Instant now) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object()
                    .put(
                            "keys",
                            Json.array(keys.stream()
                                    .map(key -> KeyText.json(key, now).build())
                                    .toList()))
                    .build());
        } else if (keys.isEmpty()) {
            report.line("there is no named key: sluice key create NAME makes one (the master key is not in this list)");
        } else {
            report.table(
                    List.of("NAME", "KIND", "STATUS", "CREATED", "EXPIRES", "MODELS", "LIMITS", "HASH"),
                    keys.stream().map(key -> row(key, now)).toList());
        }
    }

    private static List<String> row(KeyRecord key, Instant now) {
        return List.of(
                key.name(),
                KeyText.kind(key),
                KeyText.status(key, now),
                key.created().truncatedTo(ChronoUnit.SECONDS).toString(),
                KeyText.expires(key),
                KeyText.models(key),
                KeyText.limits(key),
                "..." + KeyText.hashEnd(key));
    }
}
