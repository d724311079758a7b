package dev.sluice.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// How every command's help looks: what is its own first, then what all commands take, then examples.
final class HelpPages {
    private static final Set<String> OF_ALL =
            Set.of("--data", "--debug", "--help", "--json", "--profile", "--region", "--stack", "--version");
    private static final String COMMON = "commonOptions";
    private static final String COMMON_HEADING = String.format("%nOptions of every command:%n");
    private static final Map<String, String> EXIT_CODES = exitCodes();

    private HelpPages() {}

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "done");
        codes.put(
                "1",
                "it did not work, something was found, or somebody else has changed what was to be changed; a sentence"
                        + " on standard error says what");
        codes.put("2", "it was asked for wrongly, or what was given is not valid; nothing was changed");
        return codes;
    }

    /// The command and all under it.
    static void dress(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        usage.abbreviateSynopsis(true);
        Map<String, IHelpSectionRenderer> sections = command.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> list(help, optionsOf(help, false)));
        sections.put(COMMON, help -> COMMON_HEADING + list(help, optionsOf(help, true)));
        List<String> order = new ArrayList<>(command.getHelpSectionKeys());
        order.remove(COMMON);
        order.add(COMMON);
        command.setHelpSectionKeys(order);
        List<String> examples = Examples.of(spec.qualifiedName());
        if (!examples.isEmpty()) {
            List<String> footer = new ArrayList<>(List.of("", "Examples:"));
            examples.forEach(example -> footer.add("  " + example.replace("%", "%%")));
            usage.footer(footer.toArray(String[]::new));
        }
        usage.commandListHeading("%nCommands:%n");
        if (spec.parent() == null) {
            usage.exitCodeListHeading("%nExit codes:%n");
            usage.exitCodeList(EXIT_CODES);
        }
        command.getSubcommands().values().forEach(HelpPages::dress);
    }

    private static List<OptionSpec> optionsOf(Help help, boolean common) {
        return help.commandSpec().options().stream()
                .filter(option -> !option.hidden() && OF_ALL.contains(option.longestName()) == common)
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .toList();
    }

    private static String list(Help help, List<OptionSpec> options) {
        if (options.isEmpty()) {
            return "";
        }
        CommandSpec spec = help.commandSpec(); // all of it, so that the columns of all lists stand in one line
        Help.Layout layout = help.createDefaultLayout(spec.options(), spec.positionalParameters(), help.colorScheme());
        layout.addAllOptions(options, help.parameterLabelRenderer());
        return layout.toString();
    }
}
