package dev.sluice.cli.command;

import dev.sluice.aws.owner.OwnerFailure;
import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.Hosted;
import dev.sluice.cli.start.Wiring;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.model.Json;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// All commands by name, and how each of them ends.
public final class CommandTree {
    /// Those that tell of all others.
    private static final Set<String> OF_ALL = Set.of("completion", "man", "ai-help", "doctor");

    private static final List<String> VERSION = List.of("--version");

    private final Surroundings surroundings;
    private final Common common = new Common();
    private final CommandLine root;

    private CommandTree(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.root = new CommandLine(new Root(this::guide));
    }

    /// With all commands.
    public static CommandTree of(Surroundings surroundings) {
        CommandTree tree = new CommandTree(surroundings);
        tree.grow(List.of());
        return tree;
    }

    /// With what these arguments need: reading every command's options takes longer than most commands.
    public static CommandTree of(Surroundings surroundings, List<String> arguments) {
        CommandTree tree = new CommandTree(surroundings);
        tree.grow(arguments);
        return tree;
    }

    private void grow(List<String> arguments) {
        // Before any subcommand: those inherit it.
        root.getCommandSpec().addMixin("common", CommandSpec.forAnnotatedObject(common));
        Map<String, Supplier<Object>> branches = branches(new Context(surroundings, common));
        Collection<String> wanted = wanted(branches.keySet(), arguments);
        branches.forEach((name, made) -> {
            if (wanted.contains(name)) {
                root.addSubcommand(name, made.get());
            }
        });
        HelpPages.dress(root);
        root.setOut(writer(surroundings.out()));
        root.setErr(writer(surroundings.err()));
        root.setParameterExceptionHandler(new BadUsage(surroundings));
        root.setExecutionExceptionHandler((failure, _, _) -> explain(failure));
    }

    /// A bare `sluice`: the guided flow on a terminal that can be drawn on; its own usage everywhere else.
    private int guide() {
        Optional<Integer> exit = common.json() ? Optional.empty() : new GuidedFlow(surroundings, common).run();
        return exit.orElseThrow(() -> new ParameterException(root, "Missing required subcommand"));
    }

    /// Only a first word that is a command is that command for certain: options before it may have values like one.
    private static Collection<String> wanted(Set<String> names, List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        if (names.contains(first) && !OF_ALL.contains(first)) {
            return List.of(first);
        }
        return arguments.equals(VERSION) ? List.of() : names;
    }

    /// In the order of the help.
    private static Map<String, Supplier<Object>> branches(Context context) {
        Map<String, Supplier<Object>> branches = new LinkedHashMap<>();
        branches.put("start", () -> new StartCommand(context, Wiring::gateway));
        branches.put("explain", () -> new Explain(context, Wiring::gateway));
        branches.put("logs", () -> new Logs(context));
        branches.put("top", () -> new Top(context));
        branches.put("invoke", () -> new Invoke(context));
        branches.put("config", () -> ConfigCommands.tree(context));
        branches.put("credential", () -> CredentialCommands.tree(context));
        branches.put("key", () -> KeyCommands.tree(context));
        branches.put("deploy", () -> new DeployCommand(context));
        branches.put("diff", () -> new DiffCommand(context));
        branches.put("status", () -> new StatusCommand(context));
        branches.put("destroy", () -> new DestroyCommand(context));
        branches.put("worker-key", () -> WorkerKeyCommands.tree(context));
        branches.put("provider", () -> ProviderCommands.tree(context));
        branches.put("model", () -> ModelCommands.tree(context));
        branches.put("alias", () -> AliasCommands.tree(context));
        branches.put("limit", () -> LimitCommands.tree(context));
        branches.put("tool", () -> ToolCommands.tree(context));
        branches.put("completion", () -> new Completion(context));
        branches.put("man", () -> new Manual(context));
        return branches;
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
        if (common.debug()) {
            failure.printStackTrace(surroundings.err());
        }
        if (failure instanceof CommandFailure known) {
            say(known.text());
            return known.exit().code();
        }
        if (failure instanceof PortFailure told) {
            say(String.valueOf(told.getMessage()));
            boolean isUsage = told instanceof OwnerFailure owner && owner.kind() == OwnerFailure.Kind.USAGE;
            return (isUsage ? Exit.USAGE : Exit.FAILURE).code();
        }
        Optional<String> disk = EmbeddedStore.problem(failure);
        if (disk.isPresent()) {
            say(disk.get());
            return Exit.FAILURE.code();
        }
        say("unexpected failure: " + failure + (common.debug() ? "" : " (--debug shows where)"));
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

        /// From here to its end the command is not interrupted. Ends it when a signal was faster.
        void settle() {
            surroundings.stop().heed();
            if (surroundings.stop().isAsked()) {
                throw CommandFailure.failed("stopped: nothing was changed");
            }
        }
    }

    @Command(
            name = "sluice",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Your own LLM gateway: every client dialect, every provider.",
            synopsisSubcommandLabel = "[COMMAND]")
    record Root(Callable<Integer> guide) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return guide.call();
        }
    }

    /// The version the jar was built as.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return List.of("sluice " + built()).toArray(String[]::new);
        }

        static String built() {
            String built = CommandTree.class.getPackage().getImplementationVersion();
            return built == null ? "(not packaged)" : built;
        }
    }
}
