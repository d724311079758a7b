package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Prompt;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.tool.DiskFile;
import dev.sluice.cli.tool.FileChange;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Setup;
import dev.sluice.cli.tool.SetupPlan;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolFacts;
import dev.sluice.cli.tool.Wish;
import dev.sluice.cli.tool.gate.Gate;
import dev.sluice.cli.tool.known.Tools;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    private final Context context;

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
        Place place = Place.of(context.surroundings(), project);
        String url = target.url(context);
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
        pass(gate, tool, wish);
        return write(tool, place, wish, plan);
    }

    /// The live gate: nothing is written for a tool whose requests would fail.
    private static void pass(Gate gate, Tool tool, Wish wish) {
        for (ModelChoice model : wish.models()) {
            if (gate.ask(tool.facts().dialect(), model.ref()) instanceof Gate.Verdict.Refused(String why)) {
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
        if (!yes) {
            Prompt prompt = context.surroundings().prompt().orElseThrow();
            diffs(plan, wish);
            if (!prompt.agrees("Write this?")) {
                throw CommandFailure.failed("nothing was written");
            }
        }
        context.settle();
        Setup.carryOut(plan, place);
        return show(tool, place, wish, plan, "written");
    }

    private void diffs(SetupPlan plan, Wish wish) {
        ToolDiff diff = new ToolDiff(Paint.of(context.surroundings()), Optional.of(wish.key()));
        plan.changes().stream()
                .filter(FileChange::isChange)
                .forEach(change -> context.report().text(diff.text(change)));
    }

    private int show(Tool tool, Place place, Wish wish, SetupPlan plan, String result) {
        if (context.common().json()) {
            context.report().json(json(tool, place, wish, plan, result));
            return Exit.OK.code();
        }
        boolean isShown = result.equals("written") && !yes; // when it was asked for
        if (!isShown) {
            diffs(plan, wish);
        }
        Report report = context.report();
        report.line(
                switch (result) {
                    case "written" ->
                        tool.facts().title() + " is set up for " + wish.url() + "; sluice tool undo " + tool.name()
                                + (project ? " --project" : "") + " puts everything back";
                    case "unchanged" -> tool.facts().title() + " is set up like that already";
                    case "by hand" -> tool.facts().title() + " is set up by hand; nothing was written";
                    default -> "nothing was written";
                });
        notes(tool, plan, wish).forEach(note -> report.line("note: " + note));
        tool.steps(place, wish).forEach(step -> report.line("by hand: " + step));
        report.line("start it with: " + tool.start(place));
        return Exit.OK.code();
    }

    private Json.Obj json(Tool tool, Place place, Wish wish, SetupPlan plan, String result) {
        ToolDiff diff = new ToolDiff(Paint.PLAIN, Optional.of(wish.key()));
        return Json.object()
                .put("tool", tool.name())
                .put("result", result)
                .put("scope", place.scope())
                .put("url", wish.url())
                .put(
                        "models",
                        Json.strings(
                                wish.models().stream().map(ModelChoice::ref).toList()))
                .put(
                        "files",
                        Json.array(plan.changes().stream()
                                .filter(FileChange::isChange)
                                .map(diff::json)
                                .toList()))
                .put("notes", Json.strings(notes(tool, plan, wish)))
                .put("steps", Json.strings(tool.steps(place, wish)))
                .put("start", tool.start(place))
                .build();
    }

    private List<String> notes(Tool tool, SetupPlan plan, Wish wish) {
        List<String> notes = new ArrayList<>();
        for (ModelChoice model : wish.models()) {
            String unknown = model.contextWindow() == null
                    ? model.maxOutput() == null ? "context window and output limit" : "context window"
                    : model.maxOutput() == null ? "output limit" : "";
            if (!unknown.isEmpty()) {
                notes.add("the gateway does not know the " + unknown + " of " + model.ref() + ": left out");
            }
        }
        for (FileChange change : plan.changes()) {
            if (change.secret() && DiskFile.isOpen(change.file())) {
                notes.add(change.named() + " holds the key, and others on this machine may read it: chmod 600");
            }
            if (change.secret()
                    && project
                    && !change.named()
                            .startsWith(Place.of(context.surroundings(), false).sluice())) {
                notes.add(change.named() + " holds the key: keep it out of the project's repository");
            }
        }
        notes.addAll(winning(tool.facts(), context.surroundings()));
        return notes;
    }

    static List<String> winning(ToolFacts facts, Surroundings surroundings) {
        return facts.winning().stream()
                .filter(variable -> surroundings.variable(variable).isPresent())
                .map(variable -> variable + " is set in this shell's environment, and may win over what is written")
                .toList();
    }
}
