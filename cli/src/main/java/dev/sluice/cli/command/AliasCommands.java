package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sluice alias ...`
final class AliasCommands {
    private AliasCommands() {}

    static CommandLine tree(Context context) {
        return new CommandLine(new Group())
                .addSubcommand("list", new AliasList(context))
                .addSubcommand("add", new AliasAdd(context))
                .addSubcommand("edit", new AliasEdit(context))
                .addSubcommand("remove", new AliasRemove(context));
    }

    @Command(
            name = "alias",
            mixinStandardHelpOptions = true,
            description = "Give names of your own to models, or to several that share the load.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Group {}
}
