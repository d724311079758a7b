package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Prompt;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.Applied;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.SecretsAhead;
import dev.sluice.cli.importing.ForeignText;
import dev.sluice.cli.importing.Format;
import dev.sluice.cli.importing.Imported;
import dev.sluice.cli.importing.Lost;
import dev.sluice.cli.importing.Merge;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.model.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Read another gateway's configuration and add what maps: llm-router (1 and 2), claude-code-router, LiteLLM's"
                    + " config.yaml, OmniRoute's export.",
            "Shows what would change and every field that is not carried over, and asks. Secrets go to the credential store,"
                    + " never into the configuration; os.environ/NAME becomes {\"env\": \"NAME\"}."
        })
final class ConfigImport implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "FILE", description = "The other gateway's file; - for standard input.")
    private String file = "-";

    @Option(
            names = "--from",
            paramLabel = "GATEWAY",
            description =
                    "Whose file it is: llm-router, claude-code-router, litellm or omniroute; default: as it looks.")
    private @Nullable String from;

    @Option(names = "--replace", description = "Take the places of providers and aliases of the same names.")
    private boolean replace;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    ConfigImport(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Json.Obj foreign = ForeignText.read(Input.read(file, context.surroundings()), file);
        Format format = format(foreign);
        Imported imported = format.read(foreign);
        if (imported.providers().isEmpty()) {
            show(imported);
            throw CommandFailure.usage("nothing in " + file + " could be carried over from " + format.id());
        }
        boolean mayAsk = context.surroundings().prompt().isPresent();
        if (!yes && !change.dryRun() && !mayAsk) {
            throw CommandFailure.usage(
                    "without a terminal nothing asks: give --yes, or --dry-run to see what would change");
        }
        try (Holdings holdings = context.holdings()) {
            return imported(holdings, imported, format);
        }
    }

    private int imported(Holdings holdings, Imported imported, Format format) {
        WorkingCopy head = WorkingCopy.of(holdings.versions().head());
        List<String> kept = holdings.credentials().list().stream()
                .map(CredentialStore.Entry::name)
                .toList();
        Merge merge = Merge.of(head, imported, kept, replace);
        HeadChange headChange = new HeadChange(context, change, "config import " + format.id());
        ApplyReport report = new ApplyReport(context, holdings, json(imported, merge, format));
        Applied plan = headChange.plan(holdings, merge.copy());
        show(imported);
        if (!(plan instanceof Applied.Planned) || change.dryRun()) {
            return report.show(plan);
        }
        if (!yes && !agrees(report, plan)) {
            context.report().note("nothing was changed");
            return Exit.FAILURE.code();
        }
        context.settle();
        SecretsAhead secrets = new SecretsAhead(holdings, context.report()::note);
        Instant now = context.surroundings().time().now();
        return report.show(secrets.write(head.version(), () -> {
            merge.secrets().forEach((name, secret) -> secrets.keep(name, secret, now));
            return headChange.apply(holdings, merge.copy());
        }));
    }

    private boolean agrees(ApplyReport report, Applied plan) {
        if (!context.common().json()) {
            report.show(plan);
        }
        Optional<Prompt> prompt = context.surroundings().prompt();
        String answer = prompt.isEmpty() ? null : prompt.get().line("Import this? [y/N] ");
        return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    }

    private Format format(Json.Obj foreign) {
        Optional<Format> found = from == null ? Format.of(foreign) : Optional.of(Format.of(from));
        return found.orElseThrow(() -> CommandFailure.usage(file
                + " looks like none of the files that are read: " + String.join(", ", Format.ids())
                + " have model_list, Providers, providers or providerConnections. Say which with --from"));
    }

    private void show(Imported imported) {
        if (context.common().json()) {
            return;
        }
        Report report = context.report();
        if (!imported.lost().isEmpty()) {
            report.line("not carried over:");
            report.table(
                    List.of("FIELD", "VALUE", "WHY"),
                    imported.lost().stream()
                            .map(lost -> List.of(lost.path(), lost.value(), lost.why()))
                            .toList());
            report.line("");
        }
        imported.notes().forEach(report::note);
    }

    private static Json.Obj json(Imported imported, Merge merge, Format format) {
        return Json.object()
                .put("from", format.id())
                .put(
                        "notCarriedOver",
                        Json.array(
                                imported.lost().stream().map(ConfigImport::json).toList()))
                .put("notes", Json.strings(imported.notes()))
                .put("credentials", Json.strings(List.copyOf(merge.secrets().keySet())))
                .build();
    }

    private static Json.Obj json(Lost lost) {
        return Json.object()
                .put("path", lost.path())
                .put("value", lost.value())
                .put("why", lost.why())
                .build();
    }
}
