package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sluice model ...`
final class ModelCommands {
    private ModelCommands() {}

    static CommandLine tree(Context context) {
        return new CommandLine(new Group())
                .addSubcommand("list", new ModelList(context))
                .addSubcommand("add", new ModelAdd(context))
                .addSubcommand("edit", new ModelEdit(context))
                .addSubcommand("remove", new ModelRemove(context))
                .addSubcommand("default", new ModelDefault(context));
    }

    @Command(
            name = "model",
            mixinStandardHelpOptions = true,
            description = "Name providers' models, with their context windows, prices and capabilities.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Group {}
}
