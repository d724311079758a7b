package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sluice key ...`
final class KeyCommands {
    private KeyCommands() {}

    static CommandLine tree(Context context) {
        return new CommandLine(new Group())
                .addSubcommand("create", new KeyCreate(context))
                .addSubcommand("list", new KeyList(context))
                .addSubcommand("revoke", new KeyRevoke(context));
    }

    @Command(
            name = "key",
            mixinStandardHelpOptions = true,
            description = "Keys with names and limits of their own, for the tools that call the gateway.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Group {}
}
