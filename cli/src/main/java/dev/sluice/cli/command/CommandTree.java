package dev.sluice.cli.command;

import dev.sluice.aws.owner.OwnerFailure;
import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.BuiltVersion;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.Hosted;
import dev.sluice.cli.start.Wiring;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.model.Json;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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
        root.addSubcommand("key", KeyCommands.tree(context));
        root.addSubcommand("deploy", new DeployCommand(context));
        root.addSubcommand("diff", new DiffCommand(context));
        root.addSubcommand("status", new StatusCommand(context));
        root.addSubcommand("destroy", new DestroyCommand(context));
        root.addSubcommand("worker-key", WorkerKeyCommands.tree(context));
        root.addSubcommand("provider", ProviderCommands.tree(context));
        root.addSubcommand("model", ModelCommands.tree(context));
        root.addSubcommand("alias", AliasCommands.tree(context));
        root.addSubcommand("limit", LimitCommands.tree(context));
        root.addSubcommand("tool", ToolCommands.tree(context));
        root.addSubcommand("doctor", new DoctorCommand(context));
        root.addSubcommand("ai-help", new AiHelp(context));
        root.addSubcommand("completion", new Completion(context));
        root.addSubcommand("man", new Manual(context));
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
        if (failure instanceof PortFailure told) {
            say(String.valueOf(told.getMessage()));
            boolean isUsage = told instanceof OwnerFailure owner && owner.kind() == OwnerFailure.Kind.USAGE;
            return (isUsage ? Exit.USAGE : Exit.FAILURE).code();
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
        /// What is kept in the folder that was named, wherever it is open, or by the deployed stack.
        Holdings holdings() {
            Optional<OwnerSettings> deployed = common.deployed(surroundings);
            if (deployed.isEmpty()) {
                return Holdings.open(common.directory(surroundings), surroundings);
            }
            Hosted hosted = Hosted.open(deployed.get(), surroundings);
            if (!common.json()) {
                hosted.place().ifPresent(report()::note);
            }
            return hosted;
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
            return List.of("sluice " + built()).toArray(String[]::new);
        }

        static String built() {
            return BuiltVersion.text();
        }
    }
}
