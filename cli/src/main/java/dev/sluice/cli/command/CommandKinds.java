package dev.sluice.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Every command by what it does to what its owner has: from the commands themselves, so that none is forgotten.
final class CommandKinds {
    /// What a command does.
    enum Kind {
        READS("reads", "change nothing"),
        /// It can be tried without effect.
        CHANGES("changes", "change something: first with --dry-run (tool: --print), then without"),
        SERVES("serves", "run until they are ended: start them in the background"),
        OWNERS_YES("owner's yes", "only after the owner has said yes to this very thing");

        private final String id;
        private final String words;

        Kind(String id, String words) {
            this.id = id;
            this.words = words;
        }

        String id() {
            return id;
        }

        String words() {
            return words;
        }
    }

    /// @param line how it is typed, with its arguments
    record Known(String name, String line, Kind kind, String what) {}

    private static final Set<String> READS = Set.of(
            "explain",
            "diff",
            "status",
            "doctor",
            "ai-help",
            "logs",
            "top",
            "completion",
            "man",
            "config show",
            "config validate",
            "config schema",
            "config history",
            "config diff",
            "credential list",
            "key list",
            "worker-key show-status",
            "provider list",
            "provider presets",
            "model list",
            "alias list",
            "limit list",
            "tool list",
            "tool status");
    /// What costs money, cannot be undone, or cuts clients off.
    private static final Set<String> OWNERS = Set.of(
            "deploy",
            "destroy",
            "key revoke",
            "worker-key rotate",
            "worker-key revoke-previous",
            "credential remove",
            "provider test",
            "invoke");

    private CommandKinds() {}

    static List<Known> of(CommandLine root) {
        List<Known> known = new ArrayList<>();
        add(root, "", known);
        return known;
    }

    private static void add(CommandLine command, String before, List<Known> known) {
        command.getSubcommands().forEach((name, sub) -> {
            String full = before + name;
            if (sub.getSubcommands().isEmpty()) {
                known.add(
                        new Known(full, line(full, sub.getCommandSpec()), kind(full, sub.getCommandSpec()), what(sub)));
            } else {
                add(sub, full + " ", known);
            }
        });
    }

    private static String line(String full, CommandSpec spec) {
        StringBuilder line = new StringBuilder("sluice ").append(full);
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            if (!argument.hidden() && argument.required()) {
                line.append(' ').append(argument.paramLabel());
            }
        }
        return line.toString();
    }

    private static String what(CommandLine command) {
        String[] description = command.getCommandSpec().usageMessage().description();
        String first = description.length == 0 ? "" : description[0];
        int end = first.indexOf(". ");
        String sentence = end < 0 ? first : first.substring(0, end);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /// What nobody has judged needs the owner, unless it can be tried without effect.
    private static Kind kind(String full, CommandSpec spec) {
        if (OWNERS.contains(full)) {
            return Kind.OWNERS_YES;
        }
        if (READS.contains(full)) {
            return Kind.READS;
        }
        if (full.equals("start")) {
            return Kind.SERVES;
        }
        boolean canBeTried = spec.findOption("--dry-run") != null || spec.findOption("--print") != null;
        return canBeTried ? Kind.CHANGES : Kind.OWNERS_YES;
    }

    /// Whether somebody has judged it.
    static boolean isJudged(Known known) {
        return known.kind() != Kind.OWNERS_YES || OWNERS.contains(known.name());
    }
}
