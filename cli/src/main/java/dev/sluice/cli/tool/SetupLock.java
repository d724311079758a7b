package dev.sluice.cli.tool;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Obstacle;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The right to write tools' files: one command at a time has it. The end of a process, whatever ends it, gives it back.
final class SetupLock implements AutoCloseable {
    private static final String NAME = "tool.lock";

    private final Path folder;
    private final FileChannel channel;

    private SetupLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// Refuses while another command has it.
    static SetupLock take(Place place) {
        try {
            Files.createDirectories(
                    place.sluice(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel channel = FileChannel.open(
                    place.sluice().resolve(NAME), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            if (!isMine(channel)) {
                channel.close();
                throw CommandFailure.failed(
                        "another sluice is writing tools' files right now: nothing was changed, try again");
            }
            return new SetupLock(place.sluice(), channel);
        } catch (IOException | UnsupportedOperationException notPossible) {
            throw CommandFailure.failed("cannot write in " + place.sluice() + " (" + Obstacle.words(notPossible)
                    + "): nothing was changed");
        }
    }

    private static boolean isMine(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(folder.resolve(NAME));
            DiskFile.removeEmpty(folder);
        } catch (IOException notTidy) {
            // the lock itself is gone with the channel
        }
    }
}
