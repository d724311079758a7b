package dev.sluice.cli.tool;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.tool.diff.ThreeWay;
import dev.sluice.cli.tool.diff.UnifiedDiff;
import dev.sluice.cli.tool.text.Reversal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes back what a setup did: every file as it was, to the byte. In a file that was edited since then only what Sluice
/// had put there is taken out, as far as that is still as it was.
public final class Undo {
    private final UndoFolder folder;
    private final UndoRecord record;
    private final Place place;
    private final List<FileChange> changes = new ArrayList<>();
    private final List<FileChange> merged = new ArrayList<>();

    private Undo(UndoFolder folder, UndoRecord record, Place place) {
        this.folder = folder;
        this.record = record;
        this.place = place;
    }

    /// What an undo would do; empty when the tool is not set up. Fails when an edited file cannot be put right.
    public static Optional<Undo> plan(Tool tool, Place place) {
        UndoFolder folder = new UndoFolder(place.undo(tool.name()));
        return folder.read().map(record -> {
            Undo undo = new Undo(folder, record, place);
            record.files().forEach(undo::add);
            return undo;
        });
    }

    public UndoRecord record() {
        return record;
    }

    public List<FileChange> changes() {
        return List.copyOf(changes);
    }

    /// Those of the changes that leave in the file what was edited since the setup.
    public List<FileChange> merged() {
        return List.copyOf(merged);
    }

    private void add(UndoRecord.Entry entry) {
        byte[] current = DiskFile.read(entry.file());
        byte[] original = entry.original();
        if (current == null || entry.isLeftAs(current)) {
            if (current == null && original != null) {
                throw CommandFailure.failed(entry.named() + " was deleted since the setup: what it was before is in "
                        + folder.path() + "; nothing was changed");
            }
            changes.add(new FileChange(entry.named(), entry.file(), current, original, entry.secret()));
            return;
        }
        FileChange change = merge(entry, current);
        changes.add(change);
        merged.add(change);
    }

    private FileChange merge(UndoRecord.Entry entry, byte[] current) {
        String written = DiskFile.text(entry.written());
        String original = entry.original() == null ? "" : DiskFile.text(entry.original());
        String now = DiskFile.text(current);
        Optional<String> both = written == null || original == null || now == null
                ? Optional.empty()
                : ThreeWay.merge(written, original, now).or(() -> Reversal.of(original, written, now));
        if (both.isEmpty()) {
            throw CommandFailure.failed(edited(entry, written, now));
        }
        byte[] after = isNothing(both.get()) && entry.original() == null
                ? null
                : both.get().getBytes(StandardCharsets.UTF_8);
        return new FileChange(entry.named(), entry.file(), current, after, entry.secret());
    }

    /// What is left of a file that only Sluice has written.
    private static boolean isNothing(String text) {
        return text.isBlank() || text.strip().equals("{}");
    }

    private String edited(UndoRecord.Entry entry, @Nullable String written, @Nullable String now) {
        String difference = written == null || now == null || entry.secret()
                ? ""
                : "\n" + String.join("\n", UnifiedDiff.lines(written, now, 2));
        int number = record.files().indexOf(entry);
        String kept = entry.original() == null
                ? "it was not there before the setup"
                : "as it was before, it is in " + folder.path().resolve(number + ".original");
        return entry.named() + " was edited since the setup, in the lines that Sluice has written: " + kept
                + "; nothing was changed" + difference;
    }

    public void carryOut() {
        try (SetupLock _ = SetupLock.take(place)) {
            carryOutAlone();
        }
    }

    private void carryOutAlone() {
        Setup.refuseChanged(changes);
        try {
            for (FileChange change : changes) {
                Setup.write(change);
            }
        } catch (IOException notPossible) {
            throw CommandFailure.failed("cannot put everything back (" + DiskFile.words(notPossible)
                    + "): what is missing is in " + folder.path() + "; try again");
        }
        folder.remove(place.sluice());
        for (UndoRecord.Entry entry : record.files()) {
            for (Path made : entry.folders().reversed()) {
                DiskFile.removeEmpty(made);
            }
        }
        DiskFile.removeEmpty(place.sluice().resolve("keys"));
    }
}
