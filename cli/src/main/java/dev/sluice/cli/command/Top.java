package dev.sluice.cli.command;

import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Schedule;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.Hosted;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.top.Layout;
import dev.sluice.cli.top.LiveScreen;
import dev.sluice.cli.top.Look;
import dev.sluice.cli.top.Snapshot;
import dev.sluice.cli.top.SnapshotJson;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.model.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = "Watch the running start, or a deployed stack: requests in flight, targets, limits, spend, last"
                + " calls. Without a terminal, or with --json, it is printed once.")
final class Top implements Callable<Integer> {
    private static final int WIDTH = 100;
    private static final BigDecimal LEAST = new BigDecimal("0.2");
    private static final BigDecimal MOST = new BigDecimal("3600");

    private final Context context;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "How often to look (default: 1; 5 for a deployed stack, where each look reads its table).")
    private @Nullable BigDecimal interval;

    @Option(names = "--follow", description = "With --json: one line at each interval, until it is ended.")
    private boolean follow;

    Top(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        boolean json = context.common().json();
        if (follow && !json) {
            throw CommandFailure.usage("--follow prints JSON: give --json with it, or leave it out");
        }
        Surroundings surroundings = context.surroundings();
        Duration pause = pause();
        try (Watched watched = new Watched(context)) {
            Snapshot first = watched.now();
            Optional<Terminal> screen =
                    json ? Optional.empty() : surroundings.screens().open();
            if (screen.isPresent()) {
                draw(screen.get(), first, watched, pause);
            } else if (json) {
                context.report().json(SnapshotJson.encode(first));
                if (follow) {
                    follow(watched, pause);
                }
            } else {
                Layout.whole(first, WIDTH).forEach(line -> context.report().line(line.text()));
            }
        }
        return Exit.OK.code();
    }

    private Duration pause() {
        BigDecimal seconds = interval;
        if (seconds == null) {
            return Duration.ofSeconds(
                    context.common().deployed(context.surroundings()).isPresent() ? 5 : 1);
        }
        if (seconds.compareTo(LEAST) < 0 || seconds.compareTo(MOST) > 0) {
            throw CommandFailure.usage("--interval is " + LEAST + " to " + MOST + " seconds, not " + seconds);
        }
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    private void draw(Terminal terminal, Snapshot first, Watched watched, Duration pause) {
        Surroundings surroundings = context.surroundings();
        boolean hasColours = surroundings
                .variable("NO_COLOR")
                .filter(value -> !value.isEmpty())
                .isEmpty();
        try (terminal) {
            new LiveScreen(terminal, surroundings.schedule(), surroundings.stop(), hasColours)
                    .run(first, watched::now, pause);
        } catch (IOException notClosed) {
            throw CommandFailure.failed("the terminal could not be given back: " + notClosed.getMessage());
        }
    }

    private void follow(Watched watched, Duration pause) {
        Surroundings surroundings = context.surroundings();
        surroundings.stop().heed(Exit.OK.code());
        try (Schedule.Running _ = surroundings.schedule().every(pause, () -> line(watched))) {
            surroundings.stop().awaitAsked();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void line(Watched watched) {
        try {
            context.report().json(SnapshotJson.encode(watched.now()));
        } catch (CommandFailure told) {
            context.report().json(failed(told.text()));
        } catch (PortFailure told) {
            context.report().json(failed(String.valueOf(told.getMessage())));
        }
        if (context.surroundings().out().checkError()) {
            context.surroundings().stop().ask(); // who read it has gone
        }
    }

    private Json failed(String why) {
        return Json.object()
                .put("at", context.surroundings().time().now().toString())
                .put("error", why)
                .build();
    }

    /// The gateway in question, found anew after it was lost.
    private static final class Watched implements AutoCloseable {
        private final Context context;
        private @Nullable Holdings holdings;
        private @Nullable Look look;

        Watched(Context context) {
            this.context = context;
        }

        Snapshot now() {
            Look known = look;
            if (known == null) {
                Holdings opened = open();
                known = new Look(opened, context.surroundings().time());
                holdings = opened;
                look = known;
            }
            try {
                return known.now();
            } catch (CommandFailure | PortFailure lost) {
                close();
                throw lost;
            }
        }

        private Holdings open() {
            Surroundings surroundings = context.surroundings();
            Optional<OwnerSettings> deployed = context.common().deployed(surroundings);
            if (deployed.isPresent()) {
                return Hosted.open(deployed.get(), surroundings);
            }
            DataDirectory directory = context.common().directory(surroundings);
            return Holdings.running(directory, surroundings)
                    .orElseThrow(() -> CommandFailure.failed(
                            "no gateway is running here: sluice start starts one, and sluice top --stack NAME watches a"
                                    + " deployed one"));
        }

        @Override
        public void close() {
            Holdings open = holdings;
            holdings = null;
            look = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
