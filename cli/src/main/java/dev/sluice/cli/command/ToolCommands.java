package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sluice tool ...`
final class ToolCommands {
    private ToolCommands() {}

    static CommandLine tree(Context context) {
        return new CommandLine(new Group())
                .addSubcommand("list", new ToolList(context))
                .addSubcommand("setup", new ToolSetup(context))
                .addSubcommand("status", new ToolStatus(context))
                .addSubcommand("undo", new ToolUndo(context));
    }

    @Command(
            name = "tool",
            mixinStandardHelpOptions = true,
            description = "Set up coding tools for the gateway, and put their settings back as they were.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Group {}
}
