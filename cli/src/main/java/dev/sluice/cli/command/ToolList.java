package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolFacts;
import dev.sluice.cli.tool.ToolState;
import dev.sluice.cli.tool.UndoRecord;
import dev.sluice.cli.tool.known.Tools;
import dev.sluice.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the coding tools that can be set up, and which are.")
final class ToolList implements Callable<Integer> {
    private final Context context;

    @Option(names = "--project", description = "Which are set up for the project in this folder.")
    private boolean project;

    ToolList(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Place place = Place.of(context.surroundings(), project);
        if (context.common().json()) {
            List<Json.Obj> tools =
                    Tools.all().stream().map(tool -> json(tool, place)).toList();
            context.report().json(Json.object().put("tools", Json.array(tools)).build());
        } else {
            context.report()
                    .table(
                            List.of("NAME", "TOOL", "SPEAKS", "PROVEN", "STATE"),
                            Tools.all().stream().map(tool -> row(tool, place)).toList());
        }
        return Exit.OK.code();
    }

    private static List<String> row(Tool tool, Place place) {
        ToolFacts facts = tool.facts();
        ToolState state = ToolState.of(tool, place);
        UndoRecord record = state.record();
        return List.of(
                facts.name(),
                facts.title(),
                facts.dialect().id(),
                facts.proof().words(),
                record == null ? state.words() : state.words() + ": " + record.url());
    }

    private static Json.Obj json(Tool tool, Place place) {
        ToolFacts facts = tool.facts();
        ToolState state = ToolState.of(tool, place);
        UndoRecord record = state.record();
        return Json.object()
                .put("name", facts.name())
                .put("title", facts.title())
                .put("dialect", facts.dialect().id())
                .put("proof", facts.proof().words())
                .put("document", facts.document())
                .put("read", facts.read().toString())
                .put("models", Json.strings(facts.tiers()))
                .put("project", facts.userOnly().isEmpty())
                .put("state", state.words())
                .putIf("url", record == null ? null : record.url())
                .build();
    }
}
