package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.core.config.NearestName;
import dev.sluice.core.config.Shown;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/// What is said to a command line that no command takes: one sentence, and where to read on.
///
/// An argument is shown only when it can be nothing but a word of a command or an option's name: whatever else was typed
/// may be a secret.
final class BadUsage implements IParameterExceptionHandler {
    private static final int LONGEST_WORD = 32;
    private static final int MOST_NEAR = 2;

    private final Surroundings surroundings;

    BadUsage(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public int handleParseException(ParameterException refused, String[] given) {
        CommandLine command = refused.getCommandLine();
        String problem = problem(refused, command, List.of(given));
        Report report = new Report(surroundings);
        if (List.of(given).contains("--json")) {
            report.json(Json.object().put("error", problem).build());
            return Exit.USAGE.code();
        }
        if (isGroupAlone(refused)) {
            command.usage(command.getErr());
            return Exit.USAGE.code();
        }
        report.note("sluice: " + problem);
        report.note("see: " + name(command) + " --help");
        return Exit.USAGE.code();
    }

    private static boolean isGroupAlone(ParameterException refused) {
        return refused.getClass() == ParameterException.class
                && !refused.getCommandLine().getSubcommands().isEmpty();
    }

    private static String problem(ParameterException refused, CommandLine command, List<String> given) {
        return switch (refused) {
            case CommandLine.UnmatchedArgumentException unmatched -> unmatched(unmatched.getUnmatched(), command);
            case CommandLine.MissingParameterException missing ->
                unknownOption(command, given)
                        .map(option -> noOption(option, command))
                        .orElseGet(() -> missing(missing.getMissing(), command));
            case CommandLine.OverwrittenOptionException twice ->
                label(twice.getOverwritten()) + " is given twice: give it once";
            case ParameterException converted
            when converted.getArgSpec() != null -> notOfItsKind(converted.getArgSpec(), converted.getValue());
            default ->
                isGroupAlone(refused)
                        ? name(command) + " wants a command: " + String.join(", ", words(command))
                        : String.valueOf(refused.getMessage());
        };
    }

    private static String unmatched(List<String> arguments, CommandLine command) {
        for (String argument : arguments) {
            if (argument.length() > 1 && argument.startsWith("-")) {
                return noOption(argument, command);
            }
        }
        return command.getSubcommands().isEmpty() ? tooMany(arguments.size(), command) : noCommand(arguments, command);
    }

    /// What is mistyped is told before what is missing.
    private static Optional<String> unknownOption(CommandLine command, List<String> given) {
        Set<String> known = command.getCommandSpec().optionsMap().keySet();
        return given.stream()
                .filter(word -> word.startsWith("--") && word.length() > 2)
                .map(word -> word.substring(0, word.indexOf('=') < 0 ? word.length() : word.indexOf('=')))
                .filter(word -> !known.contains(word))
                .findFirst();
    }

    private static String noOption(String argument, CommandLine command) {
        int equals = argument.indexOf('=');
        String option = equals < 0 ? argument : argument.substring(0, equals);
        if (!isWord(option)) {
            return name(command) + " has no such option (not shown: it may be a secret)";
        }
        List<String> known = command.getCommandSpec().options().stream()
                .filter(other -> !other.hidden())
                .map(OptionSpec::longestName)
                .distinct()
                .toList();
        return name(command) + " has no option " + option + meant(NearestName.closest(option, known, MOST_NEAR));
    }

    private static String noCommand(List<String> arguments, CommandLine command) {
        String word = arguments.getFirst();
        if (!isWord(word)) {
            return name(command) + " has no such command (not shown: it may be a secret)";
        }
        List<String> near = NearestName.closest(word, words(command), MOST_NEAR).stream()
                .map(known -> name(command) + " " + known)
                .toList();
        return name(command) + " has no command " + word + meant(near);
    }

    private static String tooMany(int left, CommandLine command) {
        List<String> known = command.getCommandSpec().positionalParameters().stream()
                .map(PositionalParamSpec::paramLabel)
                .toList();
        String takes = known.isEmpty() ? "no argument" : String.join(" ", known) + " and nothing more";
        String more = left == 1 ? "one more was given" : left + " more were given";
        String secrets = name(command).endsWith(" credential set")
                ? "; a secret comes from a prompt or standard input: if that was one, it is in your shell's history now"
                : "";
        return name(command) + " takes " + takes + ": " + more + " (not shown: it may be a secret)" + secrets;
    }

    private static String missing(List<ArgSpec> missing, CommandLine command) {
        List<ArgSpec> options = missing.stream().filter(ArgSpec::isOption).toList();
        if (!options.isEmpty()) {
            return options.stream().map(BadUsage::label).collect(Collectors.joining(" and ")) + " wants a value: "
                    + options.getFirst().paramLabel();
        }
        return name(command) + " needs "
                + missing.stream()
                        .map(argument -> argument.paramLabel() + " (" + described(argument) + ")")
                        .collect(Collectors.joining(" and "));
    }

    private static String described(ArgSpec argument) {
        String text = String.join(" ", argument.description());
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String notOfItsKind(ArgSpec argument, String value) {
        Class<?> type = argument.type();
        boolean isNumber = type == int.class || type == Integer.class || type == long.class || type == Long.class;
        String shown =
                value == null || Shown.looksSecret(value) || value.length() > LONGEST_WORD ? "" : ", not " + value;
        return label(argument)
                + (isNumber ? " is a whole number" : " cannot be read as " + argument.paramLabel())
                + shown;
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String meant(List<String> near) {
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    private static List<String> words(CommandLine command) {
        return new ArrayList<>(command.getSubcommands().keySet());
    }

    private static String name(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        return spec.qualifiedName();
    }

    /// Letters and single hyphens only, and few of them.
    private static boolean isWord(String text) {
        return text.length() <= LONGEST_WORD
                && !Shown.looksSecret(text)
                && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-');
    }
}
