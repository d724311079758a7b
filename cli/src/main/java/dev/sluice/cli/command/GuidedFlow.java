package dev.sluice.cli.command;

import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.Hosted;
import dev.sluice.cli.guide.Commands;
import dev.sluice.cli.guide.Desk;
import dev.sluice.cli.guide.GuideScreen;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.terminal.Screens;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a bare `sluice` does on a terminal: the guide over the folder or the stack that was named.
///
/// While it has the screen nothing else may print there: what would have been said is said behind it.
final class GuidedFlow {
    private final Surroundings surroundings;
    private final Common common;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    GuidedFlow(Surroundings surroundings, Common common) {
        this.surroundings = surroundings;
        this.common = common;
    }

    /// The exit code; empty when there is no terminal that can be drawn on.
    Optional<Integer> run() {
        try {
            return GuideScreen.run(surroundings, this::desk);
        } finally {
            surroundings.err().print(said.toString(StandardCharsets.UTF_8));
        }
    }

    private Desk desk() {
        Surroundings quiet = quiet(Map.of(), said, said);
        Optional<OwnerSettings> deployed = common.deployed(surroundings);
        if (deployed.isPresent()) {
            Supplier<Holdings> stack = () -> Hosted.open(deployed.get(), quiet);
            return new Desk(quiet, Optional.empty(), stack, this::command, common.where());
        }
        DataDirectory directory = common.directory(surroundings);
        Supplier<Holdings> folder = () -> Holdings.open(directory, quiet);
        return new Desk(quiet, Optional.of(directory), folder, this::command, common.where());
    }

    /// As if it had been typed where nobody sits.
    private Commands.Ran command(Map<String, String> environment, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> words = new ArrayList<>(arguments);
        words.addAll(common.where());
        int exit = CommandTree.of(quiet(environment, out, err), words).execute(words.toArray(String[]::new));
        return new Commands.Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Surroundings quiet(Map<String, String> more, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        environment.putAll(more);
        return new Surroundings(
                environment,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Optional.empty(),
                Screens.NONE,
                surroundings.time(),
                surroundings.schedule(),
                surroundings.random(),
                surroundings.stop());
    }
}
