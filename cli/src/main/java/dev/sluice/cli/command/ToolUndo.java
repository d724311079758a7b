package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Prompt;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.tool.FileChange;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolState;
import dev.sluice.cli.tool.Undo;
import dev.sluice.cli.tool.UndoRecord.OwnKey;
import dev.sluice.cli.tool.known.Tools;
import dev.sluice.model.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description =
                "Put a coding tool's files back as they were before its setup, to the byte. In a file that was edited"
                        + " since, only what Sluice wrote is taken out, after asking.")
final class ToolUndo implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "A name of sluice tool list.")
    private String name = "";

    @Option(names = "--project", description = "For the project in this folder only.")
    private boolean project;

    @Option(names = "--print", description = "Show what would be put back, and write nothing.")
    private boolean print;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    ToolUndo(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Tool tool = Tools.named(name);
        Place place = Place.of(context.surroundings(), project);
        Undo undo = Undo.plan(tool, place)
                .orElseThrow(() -> CommandFailure.failed(tool.name() + " is not set up"
                        + (project ? " for this project" : "") + ": there is nothing to undo"));
        ToolState state = ToolState.of(tool, place);
        ToolDiff diff = new ToolDiff(paint(), Optional.ofNullable(state.key()));
        boolean isRevoked = false;
        if (!print) {
            agree(undo, diff);
            context.settle();
            undo.carryOut();
            isRevoked = new SpentKey(context).revoked(state);
        }
        show(tool, undo, diff, isRevoked);
        return Exit.OK.code();
    }

    private Paint paint() {
        return context.common().json() ? Paint.PLAIN : Paint.of(context.surroundings());
    }

    private void agree(Undo undo, ToolDiff diff) {
        if (undo.merged().isEmpty() || yes) {
            return;
        }
        Prompt prompt = context.surroundings()
                .prompt()
                .orElseThrow(() -> CommandFailure.usage(undo.merged().getFirst().named()
                        + " was edited since the setup: look with --print at what would be left of it, then agree with"
                        + " --yes"));
        undo.merged()
                .forEach(change -> context.report()
                        .beside(diff.text(change), context.common().json()));
        if (!prompt.agrees("Edited since the setup: take out what Sluice wrote, and keep the rest?")) {
            throw CommandFailure.failed("nothing was changed");
        }
    }

    private void show(Tool tool, Undo undo, ToolDiff diff, boolean isRevoked) {
        OwnKey own = undo.record().ownKey();
        if (context.common().json()) {
            context.report()
                    .json(Json.object()
                            .put("tool", tool.name())
                            .put("result", print ? "printed" : "undone")
                            .put("scope", undo.record().scope())
                            .putIf("ownKey", own == null ? null : own.name())
                            .putIf("ownKeyRevoked", own == null ? null : isRevoked)
                            .put(
                                    "files",
                                    Json.array(undo.changes().stream()
                                            .filter(FileChange::isChange)
                                            .map(diff::json)
                                            .toList()))
                            .build());
            return;
        }
        undo.changes().stream()
                .filter(FileChange::isChange)
                .forEach(change -> context.report().text(diff.text(change)));
        context.report()
                .line(
                        print
                                ? "nothing was written"
                                : tool.facts().title() + " is as it was before its setup"
                                        + (undo.merged().isEmpty() ? "" : ", with what was edited since"));
        if (isRevoked && own != null) {
            context.report().line("its key " + own.name() + " is revoked");
        }
    }
}
