package dev.sluice.cli.tool;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.tool.diff.ThreeWay;
import dev.sluice.cli.tool.text.Editor;
import dev.sluice.cli.tool.text.Reversal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a setup would do to every file. Making one touches nothing; a file that cannot be changed is refused with its
/// line.
public final class SetupPlan {
    private final Tool tool;
    private final Place place;
    private final Wish wish;
    private final UndoFolder folder;
    private final Optional<UndoRecord> earlier;
    private UndoRecord.@Nullable OwnKey ownKey;
    private final List<FileChange> changes = new ArrayList<>();
    private final List<UndoRecord.Entry> entries = new ArrayList<>();

    private SetupPlan(Tool tool, Place place, Wish wish) {
        this.tool = tool;
        this.place = place;
        this.wish = wish;
        this.folder = new UndoFolder(place.undo(tool.name()));
        this.earlier = folder.read();
    }

    public static SetupPlan of(Tool tool, Place place, Wish wish) {
        place.project()
                .ifPresent(project -> tool.facts().userOnly().ifPresent(reason -> {
                    throw CommandFailure.usage(tool.name() + " cannot be set up for one project: " + reason);
                }));
        tool.obstacle(place, wish).ifPresent(obstacle -> {
            throw CommandFailure.usage(obstacle);
        });
        SetupPlan plan = new SetupPlan(tool, place, wish);
        tool.drafts(place, wish).forEach(plan::add);
        plan.restoreOthers();
        return plan;
    }

    /// The same, with a key that was made for it: an undo has to know.
    public SetupPlan with(UndoRecord.OwnKey made) {
        ownKey = made;
        return this;
    }

    public List<FileChange> changes() {
        return List.copyOf(changes);
    }

    public boolean isChange() {
        return changes.stream().anyMatch(FileChange::isChange)
                || earlier.filter(record -> !record.complete()).isPresent();
    }

    private void add(Draft draft) {
        Path file = DiskFile.real(draft.file());
        byte[] current = DiskFile.read(file);
        Optional<UndoRecord.Entry> known = earlier.flatMap(record -> record.of(file));
        byte[] original = known.isEmpty() ? current : original(known.get(), current);
        byte[] written = written(draft, file, original);
        String obstacle = DiskFile.obstacle(file);
        if (obstacle != null && !Arrays.equals(current, written)) {
            throw CommandFailure.usage(obstacle + ": nothing was changed");
        }
        List<Path> folders = known.map(UndoRecord.Entry::folders).orElseGet(() -> DiskFile.missingFolders(file));
        changes.add(new FileChange(draft.file(), file, current, written, draft.secret()));
        entries.add(new UndoRecord.Entry(
                draft.file(), file, original, DiskFile.hash(current), written, draft.secret(), folders));
    }

    /// What the file was before the first setup, with what its owner has changed since then.
    private byte @Nullable [] original(UndoRecord.Entry known, byte @Nullable [] current) {
        byte[] original = known.original();
        if (current != null && known.isLeftAs(current) || Arrays.equals(current, original)) {
            return original;
        }
        String base = DiskFile.text(known.written());
        String one = original == null ? "" : DiskFile.text(original);
        String other = current == null ? "" : DiskFile.text(current);
        Optional<String> merged = base == null || one == null || other == null
                ? Optional.empty()
                : ThreeWay.merge(base, one, other).or(() -> Reversal.of(one, base, other));
        if (merged.isEmpty()) {
            throw CommandFailure.failed(
                    known.named() + " was edited since the last setup, where Sluice has written: sluice" + " tool undo "
                            + tool.name() + " says how it differs; nothing was changed");
        }
        return merged.get().isEmpty() && original == null ? null : merged.get().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] written(Draft draft, Path file, byte @Nullable [] original) {
        return switch (draft.content()) {
            case Draft.Content.Whole(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case Draft.Content.Edits edits -> edited(file, original == null ? new byte[0] : original, edits);
        };
    }

    private static byte[] edited(Path file, byte[] original, Draft.Content.Edits edits) {
        String text = DiskFile.text(original);
        if (text == null) {
            throw CommandFailure.usage(file + " is not written in UTF-8: nothing was changed");
        }
        return switch (Editor.edit(edits.format(), text, edits.edits())) {
            case Editor.Outcome.Edited(String changed) -> changed.getBytes(StandardCharsets.UTF_8);
            case Editor.Outcome.Refused(int line, String problem) ->
                throw CommandFailure.usage(file + ":" + line + ": " + problem + "; nothing was changed");
        };
    }

    /// A file that the earlier setup has written and this one does not becomes what it was.
    private void restoreOthers() {
        for (UndoRecord.Entry old : earlier.map(UndoRecord::files).orElse(List.of())) {
            if (entries.stream().noneMatch(entry -> entry.file().equals(old.file()))) {
                byte[] current = DiskFile.read(old.file());
                byte[] original = original(old, current);
                changes.add(new FileChange(old.named(), old.file(), current, original, old.secret()));
            }
        }
    }

    UndoFolder folder() {
        return folder;
    }

    String key() {
        return wish.key();
    }

    UndoRecord record() {
        return new UndoRecord(
                tool.name(),
                place.scope(),
                wish.url(),
                wish.models().stream().map(ModelChoice::ref).toList(),
                wish.refs(),
                wish.when(),
                false,
                ownKey,
                List.copyOf(entries));
    }
}
