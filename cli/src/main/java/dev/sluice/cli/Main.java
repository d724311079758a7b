package dev.sluice.cli;

import dev.sluice.cli.command.CommandTree;
import dev.sluice.cli.terminal.SystemScreens;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The command `sluice`. The only place that reads the environment and ends the process.
public final class Main {
    /// The streams' 30 seconds, and a little for closing what is open.
    private static final Duration LAST_GRACE = Duration.ofSeconds(32);

    private Main() {}

    public static void main(String[] args) {
        WatchedOutput watched = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        PrintStream out = new PrintStream(new BufferedOutputStream(watched), true, System.out.charset());
        int exit = run(args, surroundings(out));
        watched.problem().ifPresent(problem -> System.err.println("sluice: cannot write the answer: " + problem));
        System.exit(exit == 0 && watched.problem().isPresent() ? Exit.FAILURE.code() : exit);
    }

    /// Runs one command to its end and answers its exit code.
    public static int run(String[] args, Surroundings surroundings) {
        try {
            return CommandTree.of(surroundings, List.of(args)).execute(args);
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
            surroundings.stop().done();
        }
    }

    private static Surroundings surroundings(PrintStream out) {
        StopSignal stop = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(stop), "stop"));
        return new Surroundings(
                System.getenv(),
                System.in,
                out,
                System.err,
                prompt(),
                new SystemScreens(),
                new SystemTime(),
                new ThreadSchedule(),
                new SecureRandom(),
                stop);
    }

    /// The JVM ends with 143 after SIGTERM, once this hook is through: when the command has put all in order.
    private static void endInOrder(StopSignal stop) {
        stop.ask();
        try {
            if (stop.isHeeded() && !stop.awaitDone(LAST_GRACE)) {
                Runtime.getRuntime().halt(143);
            }
            stop.exitCode().ifPresent(code -> Runtime.getRuntime().halt(code));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Prompt> prompt() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).map(Terminal::new);
    }

    private record Terminal(Console console) implements Prompt {
        @Override
        public char @Nullable [] secret(String label) {
            return console.readPassword("%s", label);
        }

        @Override
        public @Nullable String line(String label) {
            return console.readLine("%s", label);
        }
    }
}
