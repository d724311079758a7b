package dev.sluice.cli.lambda;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A function's zip as it lies in `/var/task`: unpacked with its modes, and with every right to write taken away.
///
/// The superuser may write all the same, unless the process runs without that capability (`setpriv`). Not thread-safe.
public final class TaskFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> WRITE = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> FOLDER = EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Path root;

    private TaskFolder(Path root) {
        this.root = root;
    }

    /// Unpacks the zip there, into a folder that is new or empty.
    public static TaskFolder unpack(Path zip, Path folder) throws IOException {
        TaskFolder task = new TaskFolder(Files.createDirectories(folder));
        try (FileSystem packed = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"));
                Stream<Path> entries = Files.walk(packed.getPath("/"))) {
            for (Path entry : entries.toList()) {
                task.unpack(entry);
            }
        }
        return seal(folder);
    }

    private void unpack(Path entry) throws IOException {
        Path target = root.resolve(entry.toString().substring(1)).normalize();
        if (!target.startsWith(root.normalize())) {
            throw new IOException("an entry of the zip leads out of it: " + entry);
        }
        if (Files.isDirectory(entry)) {
            Files.createDirectories(target);
            return;
        }
        Files.copy(entry, target);
        PosixFileAttributeView view = view(target);
        if (view != null) {
            view.setPermissions(Files.getPosixFilePermissions(entry));
        }
    }

    /// Takes the right to write from a folder that is there, and from all that is in it.
    public static TaskFolder seal(Path folder) throws IOException {
        TaskFolder task = new TaskFolder(folder);
        for (Path path : task.innermostFirst()) {
            PosixFileAttributeView view = view(path);
            if (view != null && !Files.isSymbolicLink(path)) {
                Set<PosixFilePermission> rights = EnumSet.copyOf(FOLDER);
                if (!Files.isDirectory(path)) {
                    rights = view.readAttributes().permissions();
                    rights.removeAll(WRITE);
                }
                view.setPermissions(rights);
            }
        }
        return task;
    }

    private static @Nullable PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class);
    }

    private List<Path> innermostFirst() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }

    /// Where it lies.
    public Path root() {
        return root;
    }

    /// Deletes it.
    @Override
    public void close() throws IOException {
        List<Path> all = innermostFirst();
        for (Path path : all.reversed()) {
            PosixFileAttributeView view = view(path);
            if (view != null && Files.isDirectory(path)) {
                Set<PosixFilePermission> rights = EnumSet.copyOf(FOLDER);
                rights.add(PosixFilePermission.OWNER_WRITE);
                view.setPermissions(rights);
            }
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
