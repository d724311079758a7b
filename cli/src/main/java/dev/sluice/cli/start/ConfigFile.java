package dev.sluice.cli.start;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.config.Applied;
import dev.sluice.cli.config.ConfigBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The file of `--config`: applied at the start, where it has to be right, and again whenever it changes, where a bad
/// one is reported and what is in force stays. One thread at a time.
final class ConfigFile {
    private static final int TRIES = 3;

    private final Path file;
    private final ConfigBook book;
    private final Consumer<String> notes;
    private @Nullable Stamp seen;
    private @Nullable String trouble;

    /// What changes when the content does; cheaper to ask for than the content.
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    /// @param notes told of every change and every problem
    ConfigFile(Path file, ConfigBook book, Consumer<String> notes) {
        this.file = file;
        this.book = book;
        this.notes = notes;
    }

    /// Applies the file for the first time, or ends the command.
    void applyAtStart() {
        seen = stamp(); // before reading: a change in between is seen by the next look
        byte[] document;
        try {
            document = Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw CommandFailure.usage("--config: there is no file " + file);
        } catch (IOException notReadable) {
            throw CommandFailure.usage("--config: cannot read " + file + ": " + notReadable.getMessage());
        }
        Applied applied = apply(document);
        for (int tries = 1; tries < TRIES && applied instanceof Applied.Conflict; tries++) {
            applied = apply(document); // others that share the table start with their files at the same time
        }
        switch (applied) {
            case Applied.Refused(var errors) ->
                throw CommandFailure.usage(
                        "--config: " + file + " is refused:" + System.lineSeparator() + ConfigErrors.text(errors));
            case Applied.Conflict _ -> throw CommandFailure.failed("the configuration changed meanwhile: start again");
            case Applied.Written _, Applied.Planned _, Applied.Unchanged _ -> {}
        }
    }

    /// Looks whether the file has changed since the last look, and applies it if so.
    void look() {
        Stamp now = stamp();
        if (now == null ? seen == null : now.equals(seen)) {
            return;
        }
        seen = now;
        if (now == null) {
            notes.accept(file + " is gone: the configuration in force stays");
            return;
        }
        try {
            report(apply(Files.readAllBytes(file)));
            trouble = null;
        } catch (IOException notReadable) {
            notes.accept("cannot read " + file + ": " + notReadable + "; the configuration in force stays");
        } catch (CommandFailure notWritten) {
            seen = null; // the store may answer the next time
            tellOnce(notWritten.text() + "; the configuration in force stays, " + file + " is tried again");
        }
    }

    private void tellOnce(String text) {
        if (!text.equals(trouble)) {
            notes.accept(text);
        }
        trouble = text;
    }

    private Applied apply(byte[] document) {
        return book.apply(document, new ConfigBook.Wish("start --config " + file.getFileName(), false, null));
    }

    private void report(Applied applied) {
        switch (applied) {
            case Applied.Written(long version, var changes, var later) -> {
                notes.accept("version " + version + " of the configuration is in force, from " + file + " (changes: "
                        + changes.size() + ")");
                later.forEach(sentence -> notes.accept("not yet in force: " + sentence));
            }
            case Applied.Refused(var errors) ->
                notes.accept(file + " is refused, the configuration in force stays:" + System.lineSeparator()
                        + ConfigErrors.text(errors));
            case Applied.Conflict(long _, long head) -> {
                notes.accept("version " + head + " was written meanwhile: " + file + " is applied again");
                seen = null;
            }
            case Applied.Unchanged _, Applied.Planned _ -> {}
        }
    }

    private @Nullable Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException gone) {
            return null;
        }
    }
}
