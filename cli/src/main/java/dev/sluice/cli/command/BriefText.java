package dev.sluice.cli.command;

import dev.sluice.cli.Printable;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A brief in Markdown, from the facts that its JSON holds.
final class BriefText {
    private final List<String> lines = new ArrayList<>();

    private BriefText() {}

    static List<String> of(Json.Obj brief) {
        BriefText text = new BriefText();
        text.write(brief);
        return text.lines;
    }

    private void write(Json.Obj brief) {
        line("# Sluice: a brief for an agent that sets it up for its owner");
        line("");
        line(brief.text("about", ""));
        title("Rules");
        texts(brief, "rules").forEach(rule -> line("- " + rule));
        title("State now");
        object(brief, "state").fields().forEach(this::fact);
        title("What `sluice doctor` finds");
        findings(objects(brief, "findings"));
        title("Commands");
        commands(objects(brief, "commands"));
        title("Coding tools");
        line(
                "`ready`: a request like the tool's own passed through the gateway just now. After a setup, restart the tool.");
        line("");
        objects(brief, "tools").forEach(this::tool);
        title("What it can do");
        object(brief, "capabilities").fields().forEach(this::fact);
        title("Playbooks");
        line("Words in capitals are to be replaced; a command that changes something is shown with `--dry-run` first.");
        objects(brief, "playbooks").forEach(this::playbook);
    }

    private void title(String text) {
        line("");
        line("## " + text);
        line("");
    }

    private void line(String text) {
        lines.add(Printable.of(text));
    }

    private void fact(String name, Json value) {
        if (value instanceof Json.Arr(List<Json> items)) {
            boolean isShort = items.stream().allMatch(item -> item instanceof Json.Str);
            if (items.isEmpty() || isShort) {
                line("- " + name + ": " + (items.isEmpty() ? "none" : said(value)));
            } else {
                line("- " + name + ":");
                items.forEach(item -> line("  - " + said(item)));
            }
        } else {
            line("- " + name + ": " + said(value));
        }
    }

    /// In one line, as short as it can be told.
    private static String said(Json value) {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Arr(List<Json> items) ->
                String.join(", ", items.stream().map(BriefText::said).toList());
            case Json.Obj(Map<String, Json> fields) -> said(fields);
            default -> value.equals(Json.TRUE) ? "yes" : value.equals(Json.FALSE) ? "no" : JsonText.print(value);
        };
    }

    private static String said(Map<String, Json> fields) {
        List<String> parts = new ArrayList<>();
        fields.forEach((name, value) -> {
            boolean isEmpty = value instanceof Json.Arr(List<Json> items) && items.isEmpty();
            if (!isEmpty) {
                boolean isFirst = parts.isEmpty();
                String shown = value instanceof Json.Arr(List<Json> items) && items.getFirst() instanceof Json.Obj
                        ? "["
                                + String.join(
                                        "; ",
                                        items.stream().map(BriefText::said).toList()) + "]"
                        : said(value);
                parts.add(isFirst ? shown : name + " " + shown);
            }
        });
        return String.join(", ", parts);
    }

    private void findings(List<Json.Obj> findings) {
        if (findings.isEmpty()) {
            line("Nothing that needs anybody.");
        }
        for (Json.Obj finding : findings) {
            Json.Obj mend = object(finding, "mend");
            String command = mend.text("command");
            String way =
                    command != null ? ": `" + command + "`" : mend.isEmpty() ? "" : " (" + mend.text("words", "") + ")";
            line("- " + finding.text("severity", "") + ", " + finding.text("area", "") + ": "
                    + finding.text("sentence", "") + way);
        }
    }

    private void commands(List<Json.Obj> commands) {
        line("Generated from the command line itself. Every one has `--help` and `--json`.");
        for (CommandKinds.Kind kind : CommandKinds.Kind.values()) {
            line("");
            line("### " + kind.id() + ": " + kind.words());
            line("");
            commands.stream()
                    .filter(command -> command.text("kind", "").equals(kind.id()))
                    .forEach(command -> line("- `" + command.text("command", "") + "` " + command.text("what", "")));
        }
    }

    private void tool(Json.Obj tool) {
        StringBuilder text =
                new StringBuilder("- **").append(tool.text("name", "")).append("** (");
        text.append(tool.text("title", ""))
                .append(", ")
                .append(tool.text("dialect", ""))
                .append("): ");
        text.append(tool.text("state", "")).append("; gate ").append(tool.text("gate", ""));
        String reason = tool.text("reason");
        text.append(reason == null ? "" : ", " + reason);
        text.append("; next `").append(tool.text("next", "")).append('`');
        put(text, "; files ", texts(tool, "files"));
        put(text, "; these variables win over them: ", texts(tool, "winningVariables"));
        put(text, "; by hand: ", texts(tool, "byHand"));
        text.append(tool.isTrue("project") ? "" : "; not for a single project");
        text.append("; starts with `").append(tool.text("start", "")).append('`');
        line(text.toString());
    }

    private static void put(StringBuilder text, String before, List<String> items) {
        if (!items.isEmpty()) {
            text.append(before).append(String.join(", ", items));
        }
    }

    private void playbook(Json.Obj playbook) {
        line("");
        line("### " + playbook.text("title", ""));
        boolean isOpen = false;
        for (String step : texts(playbook, "steps")) {
            boolean isCommand = Playbook.isCommand(step);
            if (isCommand != isOpen) {
                line(isCommand ? "```sh" : "```");
                isOpen = isCommand;
            }
            line(step);
        }
        if (isOpen) {
            line("```");
        }
    }

    private static Json.Obj object(Json.Obj parent, String name) {
        Json.Obj found = parent.object(name);
        return found == null ? Json.Obj.EMPTY : found;
    }

    private static List<Json.Obj> objects(Json.Obj parent, String name) {
        List<Json.Obj> objects = new ArrayList<>();
        for (Json item : parent.items(name)) {
            if (item instanceof Json.Obj object) {
                objects.add(object);
            }
        }
        return objects;
    }

    private static List<String> texts(Json.Obj parent, String name) {
        return parent.items(name).stream()
                .map(item -> item instanceof Json.Str(String text) ? text : "")
                .toList();
    }
}
