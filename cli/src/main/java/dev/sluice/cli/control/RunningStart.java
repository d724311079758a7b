package dev.sluice.cli.control;

import dev.sluice.cli.store.DataDirectory;
import java.nio.file.Files;
import java.util.Optional;

/// What `control.json` says of a running `start`, and what is true of it.
public sealed interface RunningStart {
    record None() implements RunningStart {}

    /// The file holds nothing that can be used.
    record Unreadable() implements RunningStart {}

    /// That process has ended.
    record LeftOver(long pid) implements RunningStart {}

    /// That process lives, and does not answer.
    record Silent(long pid) implements RunningStart {}

    /// @param version that it was built as; empty: it is too old to say
    record Here(long pid, Optional<String> version) implements RunningStart {}

    static RunningStart of(DataDirectory directory) {
        if (!Files.exists(directory.control())) {
            return new None();
        }
        Optional<ControlFile> read = ControlFile.read(directory.control());
        if (read.isEmpty()) {
            return new Unreadable();
        }
        long pid = read.get().pid();
        if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return new LeftOver(pid);
        }
        return ControlClient.of(read.get())
                .ping()
                .<RunningStart>map(told -> new Here(pid, Optional.ofNullable(told.text("version"))))
                .orElseGet(() -> new Silent(pid));
    }
}
