package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.start.Wiring;
import dev.sluice.model.Json;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;

/// All commands by name, and how each of them ends.
public final class CommandTree {
    private final Surroundings surroundings;
    private final Common common = new Common();
    private final CommandLine root;

    private CommandTree(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.root = new CommandLine(new Root());
    }

    public static CommandTree of(Surroundings surroundings) {
        CommandTree tree = new CommandTree(surroundings);
        tree.grow();
        return tree;
    }

    private void grow() {
        Context context = new Context(surroundings, common);
        // Before any subcommand: those inherit it.
        root.getCommandSpec().addMixin("common", CommandSpec.forAnnotatedObject(common));
        root.addSubcommand("start", new StartCommand(context, Wiring::gateway));
        root.addSubcommand("explain", new Explain(context, Wiring::gateway));
        root.addSubcommand("invoke", new Invoke(context));
        root.addSubcommand("config", ConfigCommands.tree(context));
        root.addSubcommand("credential", CredentialCommands.tree(context));
        root.setOut(writer(surroundings.out()));
        root.setErr(writer(surroundings.err()));
        root.setExecutionExceptionHandler((failure, _, _) -> explain(failure));
    }

    /// All that can be typed.
    CommandLine root() {
        return root;
    }

    /// Runs the command and answers its exit code.
    public int execute(String... args) {
        return root.execute(args);
    }

    private int explain(Exception failure) {
        if (failure instanceof CommandFailure known) {
            say(known.text());
            return known.exit().code();
        }
        say("unexpected failure: " + failure + (common.debug() ? "" : " (--debug shows where)"));
        if (common.debug()) {
            failure.printStackTrace(surroundings.err());
        }
        return Exit.FAILURE.code();
    }

    private void say(String message) {
        if (common.json()) {
            new Report(surroundings).json(Json.object().put("error", message).build());
        } else {
            surroundings.err().println("sluice: " + message);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /// What a command is made with.
    record Context(Surroundings surroundings, Common common) {
        /// What is kept in the folder that was named, wherever it is open.
        Holdings holdings() {
            return Holdings.open(common.directory(surroundings), surroundings);
        }

        Report report() {
            return new Report(surroundings);
        }
    }

    @Command(
            name = "sluice",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Your own LLM gateway: every client dialect, every provider.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Root {}

    /// The version the jar was built as.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = CommandTree.class.getPackage().getImplementationVersion();
            return List.of("sluice " + (built == null ? "(not packaged)" : built))
                    .toArray(String[]::new);
        }
    }
}
