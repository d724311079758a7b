package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.Applied;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.provider.Finding;
import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.Trial;
import dev.sluice.cli.provider.TrialReport;
import dev.sluice.cli.provider.Trials;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.core.ports.Credentials;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Try a provider: each dialect, its secret, its list of models, a streamed answer and a tool call of some models.",
            "Sends two short requests for each model and dialect, at the provider's price, and once a made-up secret, which"
                    + " must be refused. What it learns is only written with --write. Exit code 1 when something fails."
        })
final class ProviderTrial implements Callable<Integer> {
    private static final int LONGEST_PATIENCE = 600;

    private final Context context;

    @Parameters(paramLabel = "NAME", description = "A name of sluice provider list.")
    private String id = "";

    @Option(
            names = "--model",
            paramLabel = "ID",
            description = "A model to try, as the provider calls it; once for each. Default: the configured ones.")
    private List<String> models = List.of();

    @Option(
            names = "--models",
            paramLabel = "N",
            description = "How many models are tried in each dialect, at most.",
            showDefaultValue = Help.Visibility.ALWAYS)
    private int most = 3;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for the first byte, and between two.",
            showDefaultValue = Help.Visibility.ALWAYS)
    private int seconds = 60;

    @Option(names = "--no-wrong-secret", description = "Send no made-up secret.")
    private boolean withoutWrongSecret;

    @Mixin
    private TrialSecret secret = new TrialSecret();

    @Option(names = "--write", description = "Put what was learnt into the configuration.")
    private boolean write;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    ProviderTrial(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (most < 1 || seconds < 1 || seconds > LONGEST_PATIENCE) {
            throw CommandFailure.usage("--models is 1 or more, --timeout is 1 to " + LONGEST_PATIENCE + " seconds");
        }
        WorkingCopy copy;
        Credentials credentials;
        try (Holdings holdings = context.holdings()) {
            copy = WorkingCopy.of(holdings.versions().head());
            var _ = copy.provider(id);
            credentials = secret.find(context, holdings);
        }
        TrialReport report = trial(copy, credentials);
        int exit = report.isGood() ? Exit.OK.code() : Exit.FAILURE.code();
        boolean writes = write && report.hasLearnt();
        if (!context.common().json()) {
            TrialText.summary(report, write).forEach(context.report()::line);
        } else if (!writes) {
            context.report().json(TrialText.json(id, report));
        }
        return writes ? Math.max(exit, written(copy, report)) : exit;
    }

    private TrialReport trial(WorkingCopy copy, Credentials credentials) {
        Json.Obj provider = copy.provider(id);
        List<String> wanted =
                models.isEmpty() && ProviderModels.ids(provider).isEmpty() ? mentioned(copy.document(), id) : models;
        Trial.Wish wish = new Trial.Wish(wanted, most, !withoutWrongSecret, Duration.ofSeconds(seconds));
        TrialText text = new TrialText(context.report(), provider);
        return new Trial(
                        Trials.overTheNetwork(
                                credentials, context.surroundings().time()),
                        provider,
                        wish,
                        context.common().json() ? ProviderTrial::unsaid : text::show)
                .run();
    }

    /// The models of a provider for any model that aliases and the default name.
    private static List<String> mentioned(Json.Obj document, String id) {
        Set<String> refs = new LinkedHashSet<>();
        refs.add(document.text("defaultModel", ""));
        Json.Obj aliases = document.object("modelAliases");
        for (Json alias :
                aliases == null ? List.<Json>of() : List.copyOf(aliases.fields().values())) {
            if (alias instanceof Json.Obj object) {
                WorkingCopy.objects(object.items("targets")).forEach(target -> refs.add(target.text("ref", "")));
            }
        }
        return refs.stream()
                .filter(ref -> ref.startsWith(id + "/"))
                .map(ref -> ref.substring(id.length() + 1))
                .toList();
    }

    private static void unsaid(Finding finding) {
        // all of them are in the one JSON value at the end
    }

    /// What somebody else has changed meanwhile stays: then this is refused.
    private int written(WorkingCopy copy, TrialReport report) {
        HeadChange headChange = new HeadChange(context, change, "provider test " + id);
        try (Holdings holdings = context.holdings()) {
            Applied applied = headChange.apply(holdings, copy.withProvider(report.applied(copy.provider(id))));
            return new ApplyReport(context, holdings, TrialText.json(id, report)).show(applied);
        }
    }
}
