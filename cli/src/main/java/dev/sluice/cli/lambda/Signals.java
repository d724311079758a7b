package dev.sluice.cli.lambda;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/// Stops, continues and kills processes by number, through one shell that lives as long as the engine. When the engine
/// ends without a word, even by SIGKILL, the shell reads the end of its input and kills what is left: a stopped process
/// would stay for ever. Thread-safe.
public final class Signals implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Signals.class.getName());
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            all=""
            while read -r what who; do
              case "$what" in
                ADD) all="$all $who" ;;
                DEL) kept=""
                     for one in $all; do [ "$one" = "$who" ] || kept="$kept $one"; done
                     all="$kept" ;;
                *) kill -s "$what" -- "$who" 2>/dev/null ;;
              esac
              echo done
            done
            for one in $all; do kill -s KILL -- "$one" 2>/dev/null; done
            """;

    private final Process shell;
    private final Writer orders;
    private final BufferedReader replies;

    private Signals(Process shell) {
        this.shell = shell;
        this.orders = shell.outputWriter(StandardCharsets.US_ASCII);
        this.replies = shell.inputReader(StandardCharsets.US_ASCII);
    }

    public static Signals open() throws IOException {
        return new Signals(new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                .redirectError(Redirect.DISCARD)
                .start());
    }

    /// From now on that process is killed when the engine ends.
    void adopt(String target) {
        order("ADD", target);
    }

    void release(String target) {
        order("DEL", target);
    }

    void stop(String target) {
        order("STOP", target);
    }

    void resume(String target) {
        order("CONT", target);
    }

    void kill(String target) {
        order("KILL", target);
    }

    private synchronized void order(String what, String target) {
        try {
            orders.write(what + " " + target + "\n");
            orders.flush();
            replies.readLine();
        } catch (IOException closed) {
            LOG.log(System.Logger.Level.DEBUG, "no shell for " + what + " " + target, closed);
        }
    }

    @Override
    public void close() {
        RuntimeApiServer.closeQuietly(orders);
        shell.onExit().join();
    }
}
