package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sluice provider ...`
final class ProviderCommands {
    private ProviderCommands() {}

    static CommandLine tree(Context context) {
        return new CommandLine(new Group())
                .addSubcommand("list", new ProviderList(context))
                .addSubcommand("presets", new ProviderPresets(context))
                .addSubcommand("add", new ProviderAdd(context))
                .addSubcommand("edit", new ProviderEdit(context))
                .addSubcommand("remove", new ProviderRemove(context))
                .addSubcommand("test", new ProviderTrial(context))
                .addSubcommand("discover", new ProviderDiscover(context));
    }

    @Command(
            name = "provider",
            mixinStandardHelpOptions = true,
            description = "Add, change and try the provider accounts that answer your requests.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Group {}
}
