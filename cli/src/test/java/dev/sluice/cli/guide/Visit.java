package dev.sluice.cli.guide;

import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.store.DataDirectory;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A person at the guide, with a home of their own.
final class Visit {
    private final Path home;
    private final Shell shell;
    private final Transcript said = new Transcript();

    Visit(Path home) {
        this.home = home;
        this.shell = new Shell(home);
    }

    Visit with(String variable, String value) {
        shell.with(variable, value);
        return this;
    }

    Shell shell() {
        return shell;
    }

    Path folder() {
        return home.resolve(".sluice");
    }

    Desk desk() {
        Surroundings surroundings =
                shell.surroundings(InputStream.nullInputStream(), said, said, new ManualSchedule(), new StopSignal());
        DataDirectory directory = new DataDirectory(folder());
        return new Desk(
                surroundings,
                Optional.of(directory),
                () -> Holdings.open(directory, surroundings),
                this::run,
                List.of());
    }

    private Commands.Ran run(Map<String, String> environment, List<String> arguments) {
        List<String> added = new ArrayList<>();
        environment.forEach((name, value) -> {
            shell.with(name, value);
            added.add(name);
        });
        Shell.Ran ran = shell.run(arguments.toArray(String[]::new));
        added.forEach(shell::without);
        return new Commands.Ran(ran.exit(), ran.out(), ran.err());
    }
}
