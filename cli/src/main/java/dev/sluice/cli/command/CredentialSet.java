package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.secret.CredentialRules;
import dev.sluice.model.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description =
                "Set a credential; its value comes from a prompt, standard input or a file, never from an argument.")
final class CredentialSet implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "The name that the configuration uses.")
    private String name = "";

    @Option(
            names = "--from-file",
            paramLabel = "FILE",
            description = "Take the value out of this file, such as a service account's key file; - is standard input.")
    private @Nullable String file;

    @Option(names = "--dry-run", description = "Check name and value, and change nothing.")
    private boolean dryRun;

    CredentialSet(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Secrets.refuseAsName(name);
        CredentialRules.problemOfName(name).ifPresent(CredentialSet::refuse);
        String value = value();
        Secrets.check(name, value);
        try (Holdings holdings = context.holdings()) {
            context.settle();
            boolean replaces = dryRun
                    ? holdings.credentials().list().stream()
                            .anyMatch(entry -> entry.name().equals(name))
                    : holdings.credentials()
                            .set(name, value, context.surroundings().time().now());
            show(replaces);
            after(holdings, value);
            return Exit.OK.code();
        }
    }

    private static void refuse(String problem) {
        throw CommandFailure.usage(problem);
    }

    private String value() {
        if (file != null) {
            return Secrets.fromFile(file, context.surroundings());
        }
        return context.surroundings()
                .prompt()
                .map(prompt -> Secrets.typed(prompt, "value of " + name + " (not shown): "))
                .orElseGet(() -> Secrets.fromInput(context.surroundings()));
    }

    private void after(Holdings holdings, String value) {
        if (context.common().json()) {
            return;
        }
        KeyFiles.unusable(holdings, name, value).forEach(context.report()::note);
        if (!dryRun) {
            holdings.delay().ifPresent(context.report()::note);
        }
    }

    private void show(boolean replaces) {
        if (context.common().json()) {
            context.report()
                    .json(Json.object()
                            .put("name", name)
                            .put("result", dryRun ? "dry-run" : "set")
                            .put("replaced", replaces)
                            .build());
            return;
        }
        String verb = replaces ? "replace" : "set";
        context.report()
                .line(
                        dryRun
                                ? "would " + verb + " " + name + "; nothing was changed"
                                : name + " is " + (replaces ? "replaced" : "set"));
    }
}
