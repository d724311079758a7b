package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Print the script with which a shell completes this command's words.",
            "bash: source <(sluice completion bash)   zsh: source <(sluice completion zsh)"
        })
final class Completion implements Callable<Integer> {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    private final Context context;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Completion(Context context) {
        this.context = context;
    }

    /// One script serves both: in zsh it turns on the completion of bash first.
    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw CommandFailure.usage(
                    "there is a completion for " + String.join(" and ", SHELLS) + ", not for " + shell);
        }
        context.report().text(AutoComplete.bash("sluice", spec.root().commandLine()));
        return Exit.OK.code();
    }
}
