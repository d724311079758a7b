package dev.sluice.cli.tool;

import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A file as it is and as it is to be.
///
/// @param named the file's name as the tool knows it
/// @param file where it really is: what a symbolic link leads to
/// @param before null: it is not there
/// @param after null: it is to be gone
public record FileChange(Path named, Path file, byte @Nullable [] before, byte @Nullable [] after, boolean secret) {
    /// Whether there is something to do.
    public boolean isChange() {
        return !Arrays.equals(before, after);
    }

    /// The change that takes this one back.
    FileChange reversed() {
        byte @Nullable [] now = after;
        byte @Nullable [] then = before;
        return new FileChange(named, file, now, then, secret);
    }

    @Override
    public String toString() {
        return "FileChange[" + named + "]"; // never what is in it
    }
}
