package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolState;
import dev.sluice.cli.tool.UndoRecord;
import dev.sluice.cli.tool.gate.Gate;
import dev.sluice.cli.tool.known.Tools;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show whether a coding tool is set up, and whether the gateway answers it.")
final class ToolStatus implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "A name of sluice tool list.")
    private String name = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Ask that gateway (default: the one that the tool is set up for).")
    private @Nullable String url;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Ask with that key (default: the one that the tool was given).")
    private @Nullable String key;

    @Option(names = "--project", description = "For the project in this folder only.")
    private boolean project;

    ToolStatus(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Tool tool = Tools.named(name);
        ToolState state = ToolState.of(tool, Place.of(context.surroundings(), project));
        List<String> refusals = state.record() == null ? List.of() : refusals(tool, state, state.record());
        boolean isGood =
                state.record() == null || refusals.isEmpty() && state.words().startsWith("set up");
        if (context.common().json()) {
            context.report().json(json(tool, state, refusals));
        } else {
            show(tool, state, refusals);
        }
        return (isGood ? Exit.OK : Exit.FAILURE).code();
    }

    private List<String> refusals(Tool tool, ToolState state, UndoRecord record) {
        String shown = key == null ? state.key() : key;
        if (shown == null) {
            return List.of("the key that the tool was given is not kept any more");
        }
        Gate gate = new Gate(url == null ? record.url() : ToolTarget.checked(url), shown);
        List<String> refusals = new ArrayList<>();
        for (String model : record.models()) {
            if (gate.ask(tool.facts().dialect(), model) instanceof Gate.Verdict.Refused(String why)) {
                refusals.add(model + ": " + why);
            }
        }
        return refusals;
    }

    private void show(Tool tool, ToolState state, List<String> refusals) {
        Report report = context.report();
        UndoRecord record = state.record();
        report.line(tool.name() + ": " + state.words());
        if (record == null) {
            return;
        }
        report.line("gateway  " + record.url());
        report.line("models   " + String.join(", ", record.models()));
        report.line("since    " + record.when());
        state.files()
                .forEach(file -> report.line(
                        "file     " + file.path() + ": " + file.condition().words()));
        report.line("gate     " + (refusals.isEmpty() ? "passed" : "refused"));
        refusals.forEach(why -> report.line("         " + why));
        ToolSetupText.winning(tool.facts(), context.surroundings()).forEach(note -> report.line("note     " + note));
        if (!record.complete()) {
            report.line("the setup was cut short: sluice tool setup " + tool.name() + " finishes it, sluice tool undo "
                    + tool.name() + " takes it back");
        }
    }

    private Json.Obj json(Tool tool, ToolState state, List<String> refusals) {
        UndoRecord record = state.record();
        Json.Builder object = Json.object().put("tool", tool.name()).put("state", state.words());
        if (record != null) {
            object.put("scope", record.scope())
                    .put("url", record.url())
                    .put("models", Json.strings(record.models()))
                    .put("since", record.when().toString())
                    .put(
                            "files",
                            Json.array(state.files().stream()
                                    .map(file -> Json.object()
                                            .put("path", file.path())
                                            .put("state", file.condition().words())
                                            .build())
                                    .toList()))
                    .put("gate", refusals.isEmpty() ? "passed" : "refused")
                    .put("refusals", Json.strings(refusals))
                    .put("notes", Json.strings(ToolSetupText.winning(tool.facts(), context.surroundings())));
        }
        return object.build();
    }
}
