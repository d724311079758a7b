package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sluice config ...`
final class ConfigCommands {
    private ConfigCommands() {}

    static CommandLine tree(Context context) {
        return new CommandLine(new Group())
                .addSubcommand("show", new ConfigShow(context))
                .addSubcommand("apply", new ConfigApply(context))
                .addSubcommand("validate", new ConfigValidate(context))
                .addSubcommand("schema", new ConfigSchemaText(context))
                .addSubcommand("history", new ConfigHistory(context))
                .addSubcommand("diff", new ConfigCompare(context))
                .addSubcommand("rollback", new ConfigRollback(context))
                .addSubcommand("import", new ConfigImport(context));
    }

    @Command(
            name = "config",
            mixinStandardHelpOptions = true,
            description = "Show, check, change and compare the configuration.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Group {}
}
