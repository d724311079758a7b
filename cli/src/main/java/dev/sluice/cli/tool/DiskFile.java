package dev.sluice.cli.tool;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Obstacle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of somebody's settings: read whole, replaced as a whole.
public final class DiskFile {
    private static final long LARGEST = 4L << 20;
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private DiskFile() {}

    /// Where the file really is. Refuses a link that leads nowhere, and whatever is no file.
    static Path real(Path named) {
        try {
            if (Files.exists(named)) {
                Path real = named.toRealPath();
                if (!Files.isRegularFile(real)) {
                    throw CommandFailure.usage(named + " is no file");
                }
                return real;
            }
            if (Files.isSymbolicLink(named)) {
                throw CommandFailure.usage(
                        named + " is a link that leads nowhere (" + Files.readSymbolicLink(named) + ")");
            }
            return named;
        } catch (IOException notReadable) {
            throw CommandFailure.failed("cannot look at " + named + ": " + words(notReadable));
        }
    }

    /// What is in it; null when it is not there.
    static byte @Nullable [] read(Path file) {
        try {
            if (!Files.exists(file)) {
                return null;
            }
            if (Files.size(file) > LARGEST) {
                throw CommandFailure.usage(file + " is larger than any settings are");
            }
            return Files.readAllBytes(file);
        } catch (IOException notReadable) {
            throw CommandFailure.failed("cannot read " + file + " (" + words(notReadable) + ")");
        }
    }

    /// SHA-256 in hex; of nothing, nothing.
    static String hash(byte @Nullable [] content) {
        if (content == null) {
            return "";
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /// The text of the bytes; null when they are no UTF-8.
    static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException otherCode) {
            return null;
        }
    }

    /// Why the file cannot be replaced; null when it can.
    static @Nullable String obstacle(Path file) {
        if (Files.exists(file) && !Files.isWritable(file)) {
            return file + " may not be written";
        }
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isDirectory(folder)) {
            return folder + " is no folder";
        }
        return Files.isWritable(folder) ? null : "nothing may be written in " + folder;
    }

    /// The folders above the file that are not there, the outermost first.
    static List<Path> missingFolders(Path file) {
        List<Path> missing = new ArrayList<>();
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            missing.addFirst(folder);
            folder = folder.getParent();
        }
        return missing;
    }

    /// Puts the content in the file's place as a whole, its mode kept; a reader sees the old or the new.
    static void replace(Path file, byte[] content, boolean secret) throws IOException {
        Set<PosixFilePermission> mode =
                Files.exists(file) ? Files.getPosixFilePermissions(file) : secret ? PRIVATE : OPEN;
        folders(file, secret);
        Path next = file.resolveSibling("." + file.getFileName() + ".sluice-next");
        Files.deleteIfExists(next); // left behind by a crash
        try {
            try (FileChannel channel = FileChannel.open(
                    next,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PRIVATE))) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(next, mode);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static void folders(Path file, boolean secret) throws IOException {
        for (Path folder : missingFolders(file)) {
            if (secret) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            } else {
                Files.createDirectory(folder);
            }
        }
    }

    /// What stood in the way, for a person.
    static String words(Exception notPossible) {
        return Obstacle.words(notPossible);
    }

    /// Whether others than the owner may read the file.
    public static boolean isOpen(Path file) {
        try {
            return Files.exists(file)
                    && Files.getPosixFilePermissions(file).stream()
                            .anyMatch(right -> right == PosixFilePermission.GROUP_READ
                                    || right == PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException notKnown) {
            return false;
        }
    }

    /// Takes away a folder that nothing is in any more.
    static void removeEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException inUse) {
            // something else is in it by now
        }
    }
}
