package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "remove", mixinStandardHelpOptions = true, description = "Forget a credential.")
final class CredentialRemove implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "A name of sluice credential list.")
    private String name = "";

    @Option(names = "--dry-run", description = "Say whether there is one, and change nothing.")
    private boolean dryRun;

    CredentialRemove(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Holdings holdings = context.holdings()) {
            List<String> known = holdings.credentials().list().stream()
                    .map(CredentialStore.Entry::name)
                    .toList();
            context.settle();
            if (!found(holdings.credentials())) {
                Secrets.refuseAsName(name);
                throw WorkingCopy.unknown("credential", name, known, "sluice credential list");
            }
            show();
            after(holdings);
            return Exit.OK.code();
        }
    }

    private boolean found(CredentialStore credentials) {
        return dryRun
                ? credentials.list().stream().anyMatch(entry -> entry.name().equals(name))
                : credentials.remove(name);
    }

    private void after(Holdings holdings) {
        if (!dryRun && !context.common().json()) {
            holdings.delay()
                    .map(text -> text.replace("uses it", "does without it"))
                    .ifPresent(context.report()::note);
        }
    }

    private void show() {
        if (context.common().json()) {
            context.report()
                    .json(Json.object()
                            .put("name", name)
                            .put("result", dryRun ? "dry-run" : "removed")
                            .build());
        } else {
            context.report().line(dryRun ? "would remove " + name + "; nothing was changed" : name + " is removed");
        }
    }
}
