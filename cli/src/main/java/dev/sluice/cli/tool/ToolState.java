package dev.sluice.cli.tool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a tool is set up in a place, and whether that still is as setup has left it.
///
/// @param record null: it is not set up
/// @param key that it was given; null when it is not kept any more
public record ToolState(
        @Nullable UndoRecord record, @Nullable String key, List<FileState> files) {
    /// One of its files.
    ///
    /// @param lostUrl whether it was written with the gateway's address and no longer has it
    public record FileState(String path, Condition condition, boolean lostUrl) {}

    /// A file beside what setup has made of it.
    public enum Condition {
        AS_WRITTEN("as written"),
        EDITED("edited since"),
        AS_BEFORE("as before the setup"),
        MISSING("missing");

        private final String words;

        Condition(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public static ToolState of(Tool tool, Place place) {
        UndoFolder folder = new UndoFolder(place.undo(tool.name()));
        Optional<UndoRecord> record = folder.read();
        return record.isEmpty()
                ? new ToolState(null, null, List.of())
                : new ToolState(
                        record.get(),
                        folder.key().orElse(null),
                        record.get().files().stream()
                                .map(entry -> state(entry, record.get().url()))
                                .toList());
    }

    /// The key that was made for it; null: it has one that was given.
    public UndoRecord.@Nullable OwnKey ownKey() {
        return record == null ? null : record.ownKey();
    }

    private static FileState state(UndoRecord.Entry entry, String url) {
        byte[] current = DiskFile.read(entry.file());
        Condition condition;
        if (Arrays.equals(current, entry.written())) {
            condition = Condition.AS_WRITTEN;
        } else if (current == null) {
            condition = Condition.MISSING;
        } else {
            condition = Arrays.equals(current, entry.original()) ? Condition.AS_BEFORE : Condition.EDITED;
        }
        return new FileState(entry.named().toString(), condition, has(entry.written(), url) && !has(current, url));
    }

    private static boolean has(byte @Nullable [] content, String url) {
        return content != null && new String(content, StandardCharsets.UTF_8).contains(url);
    }

    /// In a few words.
    public String words() {
        if (record == null) {
            return "not set up";
        }
        if (!record.complete()) {
            return "cut short";
        }
        boolean isMissing = files.stream()
                .anyMatch(file -> file.condition() == Condition.MISSING || file.condition() == Condition.AS_BEFORE);
        boolean isEdited = files.stream().anyMatch(file -> file.condition() == Condition.EDITED);
        return isMissing ? "files missing" : isEdited ? "set up, edited since" : "set up";
    }

    @Override
    public String toString() {
        return "ToolState[" + words() + "]"; // never the key
    }
}
