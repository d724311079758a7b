package dev.sluice.cli.command;

import dev.sluice.cli.command.CommandTree.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sluice credential ...`
final class CredentialCommands {
    private CredentialCommands() {}

    static CommandLine tree(Context context) {
        return new CommandLine(new Group())
                .addSubcommand("set", new CredentialSet(context))
                .addSubcommand("list", new CredentialList(context))
                .addSubcommand("remove", new CredentialRemove(context));
    }

    @Command(
            name = "credential",
            mixinStandardHelpOptions = true,
            description = "Keep providers' secrets: encrypted on this machine, or in the secret of a deployed stack.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Group {}
}
