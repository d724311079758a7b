package dev.sluice.cli.doctor;

import dev.sluice.cli.BuiltVersion;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.control.RunningStart;
import dev.sluice.cli.store.DataDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/// This machine: folder, files, running start, port, versions.
final class MachineCheck implements AreaCheck {
    private static final long SCARCE = 100L << 20;
    private static final int PORT = 8787;
    private static final int KEY_SIZE = 32;
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Premises premises;

    MachineCheck(Premises premises) {
        this.premises = premises;
    }

    @Override
    public Area area() {
        return Area.MACHINE;
    }

    @Override
    public void look(Notes notes) {
        notes.ok("version", "sluice " + BuiltVersion.text() + ", Java " + Runtime.version());
        if (premises.stack().isPresent()) {
            return;
        }
        DataDirectory directory = premises.folder();
        folder(directory, notes);
        running(directory, notes);
    }

    private void folder(DataDirectory directory, Notes notes) {
        Path path = directory.path();
        if (!Files.exists(path)) {
            notes.note(
                    "data-folder",
                    "nothing is kept yet: " + path + " is made by the first command that keeps something");
            return;
        }
        if (!Files.isDirectory(path) || !Files.isWritable(path) || !Files.isExecutable(path)) {
            notes.say(
                    Ailment.DATA_FOLDER_NOT_USABLE,
                    path + (Files.isDirectory(path) ? " may not be written" : " is no folder"),
                    "path",
                    path.toString());
            return;
        }
        try {
            modes(directory, notes);
            long free = Files.getFileStore(path).getUsableSpace();
            String said = path + ", " + size(free) + " free";
            if (free < SCARCE) {
                notes.say(Ailment.SPACE_SCARCE, said, "path", path.toString());
            } else {
                notes.ok("data-folder", said);
            }
        } catch (IOException | UnsupportedOperationException notTold) {
            throw CommandFailure.failed("cannot look at " + path + ": " + notTold.getMessage());
        }
    }

    private static void modes(DataDirectory directory, Notes notes) throws IOException {
        if (isOpen(directory.path())) {
            notes.say(
                    Ailment.DATA_FOLDER_OPEN,
                    "others on this machine may look into " + directory.path(),
                    "path",
                    directory.path().toString());
        }
        for (Path file : List.of(
                directory.secretKey(),
                directory.credentials(),
                directory.store(),
                directory.control(),
                directory.functionKey())) {
            if (Files.exists(file) && isOpen(file)) {
                notes.say(
                        Ailment.SECRET_FILE_OPEN,
                        file + " may be read by others on this machine",
                        "path",
                        file.toString());
            }
        }
        Path key = directory.secretKey();
        if (Files.exists(key) && Files.size(key) != KEY_SIZE) {
            notes.say(
                    Ailment.SECRET_KEY_BROKEN,
                    key + " has " + Files.size(key) + " bytes instead of " + KEY_SIZE,
                    "path",
                    key.toString());
        }
    }

    private static boolean isOpen(Path path) throws IOException {
        return !OWNER.containsAll(Files.getPosixFilePermissions(path));
    }

    private void running(DataDirectory directory, Notes notes) {
        String file = directory.control().toString();
        switch (premises.running()) {
            case RunningStart.Here(long pid, var version) -> {
                String theirs = version.orElse("an earlier one");
                if (theirs.equals(BuiltVersion.text())) {
                    notes.ok("running", "start runs as process " + pid + ", of this version");
                } else {
                    notes.say(
                            Ailment.START_OF_OTHER_VERSION,
                            "the running start is of version " + theirs + ", this command of " + BuiltVersion.text(),
                            "pid",
                            Long.toString(pid));
                }
            }
            case RunningStart.Silent(long pid) ->
                notes.say(
                        Ailment.START_SILENT,
                        "process " + pid + ", which " + file + " names, does not answer",
                        "pid",
                        Long.toString(pid),
                        "path",
                        file);
            case RunningStart.LeftOver(long pid) -> {
                notes.say(
                        Ailment.CONTROL_LEFT_OVER,
                        file + " is left over from process " + pid
                                + ", which ended without taking it away: the next start" + " replaces it",
                        "pid",
                        Long.toString(pid));
                port(notes);
            }
            case RunningStart.Unreadable _ -> {
                notes.say(Ailment.CONTROL_LEFT_OVER, file + " holds nothing of use: the next start replaces it");
                port(notes);
            }
            case RunningStart.None _ -> {
                notes.say(Ailment.NOTHING_RUNS, "no start runs here");
                port(notes);
            }
        }
    }

    private static void port(Notes notes) {
        try (ServerSocket socket = new ServerSocket(PORT, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            notes.ok("port", "port " + socket.getLocalPort() + " is free");
        } catch (IOException taken) {
            notes.say(
                    Ailment.PORT_TAKEN,
                    "port " + PORT + " is taken by something else, so start needs another",
                    "port",
                    Integer.toString(PORT + 1));
        }
    }

    private static String size(long bytes) {
        long mega = bytes >> 20;
        return mega >= 10_240 ? (mega >> 10) + " GB" : mega + " MB";
    }
}
