package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.model.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the credentials by name, and when each was set; never their values.")
final class CredentialList implements Callable<Integer> {
    private final Context context;

    CredentialList(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            show(holdings.credentials().list());
            return Exit.OK.code();
        }
    }

    private void show(List<CredentialStore.Entry> entries) {
        Report report = context.report();
        if (context.common().json()) {
            report.json(Json.object()
                    .put(
                            "credentials",
                            Json.array(
                                    entries.stream().map(CredentialList::json).toList()))
                    .build());
        } else if (entries.isEmpty()) {
            report.line("no credential is set");
        } else {
            report.table(
                    List.of("NAME", "SET"),
                    entries.stream()
                            .map(entry -> List.of(entry.name(), when(entry.setAt())))
                            .toList());
        }
    }

    private static String when(@Nullable Instant setAt) {
        return setAt == null ? "-" : setAt.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Json.Obj json(CredentialStore.Entry entry) {
        return Json.object()
                .put("name", entry.name())
                .put(
                        "setAt",
                        Json.orNull(entry.setAt() == null ? null : entry.setAt().toString()))
                .build();
    }
}
