package dev.sluice.cli.command;

import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Prompt;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Setup;
import dev.sluice.cli.tool.SetupPlan;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolState;
import dev.sluice.cli.tool.UndoRecord.OwnKey;
import dev.sluice.cli.tool.Wish;
import dev.sluice.cli.tool.gate.Gate;
import dev.sluice.cli.tool.known.Tools;
import dev.sluice.model.Dialect;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description =
                "Point a coding tool at the gateway: shows what changes in its files, asks, and writes. A request like"
                        + " the tool's own must succeed first.")
final class ToolSetup implements Callable<Integer> {
    /// In the place of a key that is not made yet.
    private static final String UNMADE = "KEY";

    private final Context context;
    private String made = "";

    @Parameters(paramLabel = "NAME", description = "A name of sluice tool list.")
    private String name = "";

    @Mixin
    private ToolTarget target = new ToolTarget();

    @Option(
            names = "--model",
            paramLabel = "REF",
            description =
                    "The model, as the gateway names it (default: its default model). NAME=REF for one of the tool's"
                            + " further models: opus, sonnet, haiku, small. May be repeated.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--own-key",
            description =
                    "Make a key for this tool alone, which undo revokes (default, unless --key, SLUICE_KEY, --url or"
                            + " SLUICE_URL is given).")
    private boolean ownKey;

    @Option(
            names = "--models",
            paramLabel = "A,B",
            split = ",",
            description = "What that key may use: these models, aliases and provider/* only (default: all).")
    private List<String> allowed = List.of();

    @Option(names = "--project", description = "For the project in this folder only.")
    private boolean project;

    @Option(names = "--print", description = "Show what would be written, and write nothing; no model is asked.")
    private boolean print;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    ToolSetup(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Tool tool = Tools.named(name);
        if (!print && !yes && context.surroundings().prompt().isEmpty()) {
            throw CommandFailure.usage(
                    "there is no terminal to ask at: look at it with --print, then agree with --yes");
        }
        if (ownKey && target.hasKey()) {
            throw CommandFailure.usage("--own-key makes a key, and --key gives one: leave one of them out");
        }
        Place place = Place.of(context.surroundings(), project);
        String url = target.url(context);
        if (print && ownKey && isNothingKept()) {
            ToolModels chosen = ToolModels.of(models, tool.facts(), ModelChoice::unknown);
            Instant now = context.surroundings().time().now();
            Wish wish = new Wish(url, UNMADE, chosen.main(), chosen.tiers(), now);
            return show(tool, place, wish, withFiles(tool, SetupPlan.of(tool, place, wish)), "printed");
        }
        if (ownKey || target.isOwn(context)) {
            try (Holdings holdings = context.holdings()) {
                ToolSizes sizes = new ToolSizes(holdings);
                ToolModels chosen = ToolModels.of(models, tool.facts(), sizes::of);
                Wish wish = new Wish(
                        url,
                        UNMADE,
                        chosen.main(),
                        chosen.tiers(),
                        context.surroundings().time().now());
                if (ownKey || !SetupPlan.of(tool, place, wish).changes().isEmpty()) {
                    return own(tool, place, wish, holdings);
                }
            }
        }
        return given(tool, place, url);
    }

    /// Whether to open what is kept here would be to make it.
    private boolean isNothingKept() {
        if (context.common().deployed(context.surroundings()).isPresent()) {
            return false;
        }
        DataDirectory directory = context.common().directory(context.surroundings());
        return Holdings.preview(directory).isEmpty() && !Files.exists(directory.store());
    }

    /// With a key of the tool's own: asked before it is made, since nobody could end the command in between and leave
    /// nothing behind.
    private int own(Tool tool, Place place, Wish wish, Holdings holdings) {
        Surroundings surroundings = context.surroundings();
        Set<String> rights = NewKey.allowed(allowed, holdings);
        ToolKeys keys = new ToolKeys(
                holdings,
                context.common()
                        .deployed(surroundings)
                        .map(OwnerSettings::stack)
                        .orElse(null),
                surroundings);
        Optional<ToolKeys.Lent> present = allowed.isEmpty() ? keys.present(tool, place) : Optional.empty();
        Wish draft = present.map(key -> wish.with(key.secret())).orElse(wish);
        SetupPlan seen = withFiles(tool, SetupPlan.of(tool, place, draft));
        if (print) {
            return show(tool, place, draft, seen, "printed");
        }
        if (seen.isChange()) {
            agree(seen, draft);
        }
        context.settle();
        ToolState before = ToolState.of(tool, place);
        try (ToolKeys.Lent key = present.orElseGet(() -> keys.make(tool, rights))) {
            Wish real = wish.with(key.secret());
            pass(new PatientGate(new Gate(wish.url(), key.secret()), context)::ask, tool, real);
            SetupPlan plan = SetupPlan.of(tool, place, real).with(key.named());
            if (!plan.isChange()) {
                return show(tool, place, real, plan, "unchanged");
            }
            if (surroundings.stop().isAsked()) {
                throw CommandFailure.failed("asked to stop: nothing was written");
            }
            Setup.carryOut(plan, place);
            key.keep();
            made = key.name();
            OwnKey earlier = before.ownKey();
            if (present.isEmpty() && earlier != null) {
                new SpentKey(context).told(earlier, keys.revoke(before));
            }
            return show(tool, place, real, plan, "written");
        }
    }

    private static SetupPlan withFiles(Tool tool, SetupPlan plan) {
        if (plan.changes().isEmpty()) {
            throw CommandFailure.usage(
                    tool.name() + " is set up by hand, and there is nothing an undo could revoke its key"
                            + " by: make one with sluice key create, and give it with --key");
        }
        return plan;
    }

    private int given(Tool tool, Place place, String url) {
        if (!allowed.isEmpty()) {
            throw CommandFailure.usage(
                    "--models is for a key that is made, with --own-key: this tool gets one that is" + " given");
        }
        String key = print ? target.given(context).orElse("KEY") : target.key(context);
        Gate gate = new Gate(url, key);
        ToolModels chosen = ToolModels.of(models, tool.facts(), gate::model);
        Wish wish = new Wish(
                url,
                key,
                chosen.main(),
                chosen.tiers(),
                context.surroundings().time().now());
        SetupPlan plan = SetupPlan.of(tool, place, wish);
        if (print) {
            return show(tool, place, wish, plan, "printed");
        }
        pass(gate::ask, tool, wish);
        return write(tool, place, wish, plan);
    }

    /// The live gate: nothing is written for a tool whose requests would fail.
    private static void pass(BiFunction<Dialect, String, Gate.Verdict> gate, Tool tool, Wish wish) {
        for (ModelChoice model : wish.models()) {
            if (gate.apply(tool.facts().dialect(), model.ref()) instanceof Gate.Verdict.Refused(String why)) {
                throw CommandFailure.failed("nothing was written: the gateway at " + wish.url()
                        + " does not answer the request that " + tool.name() + " would send for " + model.ref() + "; "
                        + why);
            }
        }
    }

    private int write(Tool tool, Place place, Wish wish, SetupPlan plan) {
        if (!plan.isChange()) {
            return show(tool, place, wish, plan, plan.changes().isEmpty() ? "by hand" : "unchanged");
        }
        agree(plan, wish);
        context.settle();
        ToolState before = ToolState.of(tool, place);
        Setup.carryOut(plan, place);
        if (!wish.key().equals(before.key())) {
            new SpentKey(context).revoked(before);
        }
        return show(tool, place, wish, plan, "written");
    }

    private void agree(SetupPlan plan, Wish wish) {
        if (!yes) {
            Prompt prompt = context.surroundings().prompt().orElseThrow();
            diffs(plan, wish);
            if (!prompt.agrees("Write this?")) {
                throw CommandFailure.failed("nothing was written");
            }
        }
    }

    private void diffs(SetupPlan plan, Wish wish) {
        new ToolSetupText(context, plan, wish).diffs();
    }

    private int show(Tool tool, Place place, Wish wish, SetupPlan plan, String result) {
        ToolSetupText text = new ToolSetupText(context, plan, wish);
        boolean isSeen = result.equals("written") && !yes; // when it was asked for
        text.show(tool, place, result, made, isSeen);
        return Exit.OK.code();
    }
}
