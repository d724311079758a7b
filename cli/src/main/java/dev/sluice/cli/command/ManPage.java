package dev.sluice.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A command's manual page in roff (man(7)), from what its help says.
final class ManPage {
    private final CommandSpec spec;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec spec) {
        this.spec = spec;
    }

    /// The pages of a command and of all under it, by file name.
    static Map<String, String> all(CommandLine command) {
        Map<String, String> pages = new TreeMap<>();
        pages.put(name(command.getCommandSpec()) + ".1", of(command));
        command.getSubcommands().values().forEach(sub -> pages.putAll(all(sub)));
        return pages;
    }

    static String of(CommandLine command) {
        ManPage page = new ManPage(command.getCommandSpec());
        page.write(command);
        return page.page.toString();
    }

    /// As in `sluice-config-apply`.
    private static String name(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private void write(CommandLine command) {
        String[] description = spec.usageMessage().description();
        line(".TH \"" + name(spec).toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"Sluice\" \"Sluice's commands\"");
        line(".SH NAME");
        line(escaped(name(spec)) + " \\- " + escaped(firstSentence(description)));
        line(".SH SYNOPSIS");
        line(escaped(onOneLine(command.getHelp().synopsis(0))));
        line(".SH DESCRIPTION");
        for (String paragraph : description) {
            line(".PP");
            line(escaped(paragraph));
        }
        described("ARGUMENTS", arguments());
        described("OPTIONS", options());
        described("COMMANDS", commands());
        List<String> examples = Examples.of(spec.qualifiedName());
        if (!examples.isEmpty()) {
            line(".SH EXAMPLES");
            examples.forEach(example -> {
                line(".PP");
                line(escaped(example));
            });
        }
        line(".SH EXIT STATUS");
        line(
                "0: done. 1: it did not work, or something was found. 2: it was asked for wrongly, or what was given is not"
                        + " valid.");
    }

    private static String onOneLine(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" ")).strip();
    }

    private static String firstSentence(String... description) {
        String first = description.length == 0 ? "" : description[0];
        int end = first.indexOf(". ");
        return end < 0 ? first : first.substring(0, end);
    }

    private void described(String title, Map<String, List<String>> entries) {
        if (entries.isEmpty()) {
            return;
        }
        line(".SH " + title);
        entries.forEach((name, texts) -> {
            line(".TP");
            line("\\fB" + escaped(name) + "\\fR");
            texts.forEach(text -> line(escaped(text)));
        });
    }

    private Map<String, List<String>> arguments() {
        Map<String, List<String>> entries = new TreeMap<>();
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            entries.put(argument.paramLabel(), List.of(argument.description()));
        }
        return entries;
    }

    private Map<String, List<String>> options() {
        Map<String, List<String>> entries = new TreeMap<>();
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
                entries.put(String.join(", ", option.names()) + label, List.of(option.description()));
            }
        }
        return entries;
    }

    private Map<String, List<String>> commands() {
        Map<String, List<String>> entries = new TreeMap<>();
        spec.subcommands().forEach((name, sub) -> {
            List<String> texts = new ArrayList<>(
                    List.of(firstSentence(sub.getCommandSpec().usageMessage().description()) + "."));
            texts.add("See " + name(sub.getCommandSpec()) + "(1).");
            entries.put(name, texts);
        });
        return entries;
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /// Text as roff takes it: no control line by accident, and hyphens that can be copied.
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
