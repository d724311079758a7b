package dev.sluice.cli.command;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.tool.DiskFile;
import dev.sluice.cli.tool.FileChange;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.SetupPlan;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolFacts;
import dev.sluice.cli.tool.Wish;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the setup of a coding tool says of itself: the diffs, and how it ended, for people or as JSON.
record ToolSetupText(Context context, SetupPlan plan, Wish wish) {
    void diffs() {
        ToolDiff diff = new ToolDiff(Paint.of(context.surroundings()), Optional.of(wish.key()));
        plan.changes().stream()
                .filter(FileChange::isChange)
                .forEach(change -> context.report()
                        .beside(diff.text(change), context.common().json()));
    }

    /// @param made the name of the key that was made for it; empty: none was
    /// @param isSeen whether the diffs were shown already
    void show(Tool tool, Place place, String result, String made, boolean isSeen) {
        if (context.common().json()) {
            context.report().json(json(tool, place, result, made));
            return;
        }
        if (!isSeen) {
            diffs();
        }
        Report report = context.report();
        report.line(ending(tool, place, result));
        if (!made.isEmpty()) {
            report.line("its key is " + made + ", made for it: sluice key list shows it, and the undo revokes it");
        }
        notes(tool, place).forEach(note -> report.line("note: " + note));
        tool.steps(place, wish).forEach(step -> report.line("by hand: " + step));
        report.line("start it with: " + tool.start(place));
    }

    private String ending(Tool tool, Place place, String result) {
        return switch (result) {
            case "written" ->
                tool.facts().title() + " is set up for " + wish.url() + "; sluice tool undo " + tool.name()
                        + (place.project().isPresent() ? " --project" : "") + " puts everything back";
            case "unchanged" -> tool.facts().title() + " is set up like that already";
            case "by hand" -> tool.facts().title() + " is set up by hand; nothing was written";
            default -> "nothing was written";
        };
    }

    private Json.Obj json(Tool tool, Place place, String result, String made) {
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
                .put("notes", Json.strings(notes(tool, place)))
                .put("steps", Json.strings(tool.steps(place, wish)))
                .put("start", tool.start(place))
                .putIf("ownKey", made.isEmpty() ? null : made)
                .build();
    }

    private List<String> notes(Tool tool, Place place) {
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
                    && place.project().isPresent()
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
