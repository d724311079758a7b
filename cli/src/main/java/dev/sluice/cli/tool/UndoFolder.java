package dev.sluice.cli.tool;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.secret.PrivateFile;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the record of one tool's setup is kept, with every file as it was and as it was made.
final class UndoFolder {
    private static final String RECORD = "record.json";
    private static final String KEY = "key";

    private final Path folder;

    UndoFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    Optional<UndoRecord> read() {
        Path file = folder.resolve(RECORD);
        byte[] bytes = DiskFile.read(file);
        if (bytes == null) {
            return Optional.empty();
        }
        Optional<UndoRecord> record = Optional.ofNullable(JsonText.objectOrNull(bytes, 0, bytes.length))
                .flatMap(object -> UndoRecord.from(object, new Kept(folder)));
        if (record.isEmpty()) {
            throw CommandFailure.failed(
                    file + " is damaged: what is in " + folder
                            + " is what Sluice knows of your files as they were; put them back by hand, then delete that folder");
        }
        return record;
    }

    /// The key that the tool was given; empty when it is not there any more.
    Optional<String> key() {
        return Optional.ofNullable(DiskFile.read(folder.resolve(KEY))).map(DiskFile::text);
    }

    /// The contents first: a record that can be read is whole.
    void write(UndoRecord record, String key) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            PrivateFile.replace(folder.resolve(KEY), key.getBytes(StandardCharsets.UTF_8));
            int number = 0;
            for (UndoRecord.Entry entry : record.files()) {
                if (entry.original() != null) {
                    PrivateFile.replace(folder.resolve(number + ".original"), entry.original());
                }
                PrivateFile.replace(folder.resolve(number + ".written"), entry.written());
                number++;
            }
            PrivateFile.replace(folder.resolve(RECORD), JsonText.bytes(record.json()));
        } catch (IOException | UnsupportedOperationException notPossible) {
            throw CommandFailure.failed("cannot keep what is needed for an undo in " + folder + " ("
                    + DiskFile.words(notPossible) + "); nothing was changed");
        }
    }

    void complete(UndoRecord record) {
        try {
            PrivateFile.replace(
                    folder.resolve(RECORD), JsonText.bytes(record.completed().json()));
        } catch (IOException notPossible) {
            throw CommandFailure.failed("cannot write " + folder.resolve(RECORD) + ": " + DiskFile.words(notPossible));
        }
    }

    /// Forgets the record, and the folders above that are empty then.
    void remove(Path sluice) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            Files.deleteIfExists(folder.resolve(RECORD));
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
            for (Path above = folder.getParent();
                    above != null && above.startsWith(sluice) && !above.equals(sluice);
                    above = above.getParent()) {
                DiskFile.removeEmpty(above);
            }
        } catch (IOException notPossible) {
            throw CommandFailure.failed(
                    "everything is put back, but " + folder + " could not be deleted: " + DiskFile.words(notPossible));
        }
    }

    private record Kept(Path folder) implements UndoRecord.Contents {
        @Override
        public byte @Nullable [] original(int number) {
            return DiskFile.read(folder.resolve(number + ".original"));
        }

        @Override
        public byte @Nullable [] written(int number) {
            return DiskFile.read(folder.resolve(number + ".written"));
        }
    }
}
