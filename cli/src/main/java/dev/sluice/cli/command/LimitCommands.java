package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sluice limit ...`
final class LimitCommands {
    private LimitCommands() {}

    static CommandLine tree(Context context) {
        return new CommandLine(new Group())
                .addSubcommand("list", new LimitList(context))
                .addSubcommand("add", new LimitAdd(context))
                .addSubcommand("edit", new LimitEdit(context))
                .addSubcommand("remove", new LimitRemove(context));
    }

    @Command(
            name = "limit",
            mixinStandardHelpOptions = true,
            description = "Say how much of a provider may be used: requests, tokens or dollars in a window.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Group {}
}
