package dev.sluice.cli.guide;

import dev.sluice.cli.provider.References;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolState;
import dev.sluice.cli.tool.UndoRecord;
import dev.sluice.core.access.KeyRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What outside of the configuration a change would leave without what it names: keys, coding tools, and secrets that
/// nothing uses any more.
record Losses(Desk desk, Outlook outlook) {
    private static final String ALL_OF = "/*";

    /// What a tool asks for that was told no model.
    private static final Set<String> DEFAULT_NAMES = Set.of("smart", "auto");

    List<String> of(WorkingCopy before, WorkingCopy after) {
        List<String> told = new ArrayList<>();
        if (isLess(before, after)) {
            tools(before, after, told);
            keys(before, after, told);
            credentials(before, after, told);
        }
        return told;
    }

    private static boolean isLess(WorkingCopy before, WorkingCopy after) {
        return !after.providerIds().containsAll(before.providerIds())
                || !names(after).containsAll(names(before))
                || !after.aliases().keySet().containsAll(before.aliases().keySet())
                || hasDefault(before) && !hasDefault(after);
    }

    private static List<String> names(WorkingCopy copy) {
        return Names.models(copy).stream().map(Row::value).toList();
    }

    private void tools(WorkingCopy before, WorkingCopy after, List<String> told) {
        if (outlook.place().isPresent()) {
            return; // the tools of this machine need not be that stack's
        }
        ToolsHere here = ToolsHere.of(desk.surroundings());
        for (Tool tool : here.setUp()) {
            UndoRecord record = record(tool).orElse(null);
            List<String> lost = record == null ? List.of() : lost(record.models(), before, after);
            if (!lost.isEmpty()) {
                told.add(tool.facts().title() + " is set up with " + String.join(", ", lost) + ": sluice tool setup "
                        + tool.name() + " gives it another");
            }
        }
    }

    private Optional<UndoRecord> record(Tool tool) {
        return Optional.ofNullable(
                ToolState.of(tool, Place.of(desk.surroundings(), false)).record());
    }

    private static List<String> lost(List<String> names, WorkingCopy before, WorkingCopy after) {
        return names.stream()
                .filter(name -> leads(before, name) && !leads(after, name))
                .distinct()
                .toList();
    }

    private static boolean hasDefault(WorkingCopy copy) {
        return copy.document().has("defaultModel");
    }

    private static boolean leads(WorkingCopy copy, String name) {
        if (DEFAULT_NAMES.contains(name)) {
            return hasDefault(copy);
        }
        return name.endsWith(ALL_OF)
                ? copy.hasProvider(name.substring(0, name.length() - ALL_OF.length()))
                : References.leads(copy, name);
    }

    private void keys(WorkingCopy before, WorkingCopy after, List<String> told) {
        for (KeyRecord key : desk.keys()) {
            List<String> lost = lost(List.copyOf(new TreeSet<>(key.allowedModels())), before, after);
            if (!lost.isEmpty()) {
                boolean isAll = lost.size() == key.allowedModels().size();
                told.add("The key " + key.name() + " may use " + String.join(", ", lost)
                        + (isAll ? " and nothing else: nothing would be left for it" : ", which goes"));
            }
        }
    }

    /// The tools that show a key of that name, of this machine's book.
    static List<Tool> toolsWith(Desk desk, String key) {
        if (desk.directory().isEmpty()) {
            return List.of();
        }
        Place place = Place.of(desk.surroundings(), false);
        return ToolsHere.of(desk.surroundings()).setUp().stream()
                .filter(tool -> {
                    UndoRecord.OwnKey own = ToolState.of(tool, place).ownKey();
                    return own != null && own.name().equals(key) && own.stack() == null;
                })
                .toList();
    }

    private void credentials(WorkingCopy before, WorkingCopy after, List<String> told) {
        List<String> used = used(after);
        for (String name : used(before)) {
            if (!used.contains(name) && outlook.credentials().contains(name)) {
                told.add("The credential " + name + " stays kept, and no provider uses it: the page Credentials"
                        + " forgets it");
            }
        }
    }

    private static List<String> used(WorkingCopy copy) {
        return copy.providers().stream()
                .map(provider -> provider.text("credential", ""))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
