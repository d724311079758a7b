package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What a command reads: a file that was named, or standard input for `-`.
final class Input {
    /// Far above any configuration; a wrong file or a pipe without end is not read into memory.
    private static final int LARGEST = 8 * 1024 * 1024;

    private Input() {}

    static byte[] read(String file, Surroundings surroundings) {
        try (InputStream in = file.equals("-") ? surroundings.in() : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw CommandFailure.usage(file + " is larger than " + LARGEST + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException missing) {
            throw CommandFailure.usage("there is no file " + file);
        } catch (IOException | InvalidPathException notReadable) {
            throw CommandFailure.usage("cannot read " + file + ": " + notReadable.getMessage());
        }
    }
}
