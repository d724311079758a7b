package dev.sluice.cli.tool;

import dev.sluice.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Does what a plan says, all of it or nothing.
public final class Setup {
    private Setup() {}

    /// Refuses when a file is not as it was when the plan was made: somebody else has written it.
    public static void carryOut(SetupPlan plan, Place place) {
        try (SetupLock _ = SetupLock.take(place)) {
            carryOutAlone(plan, place);
        }
    }

    private static void carryOutAlone(SetupPlan plan, Place place) {
        refuseChanged(plan.changes());
        UndoRecord record = plan.record();
        Optional<UndoRecord> earlier = plan.folder().read();
        String earlierKey = plan.folder().key().orElse("");
        plan.folder().write(record, plan.key());
        try {
            for (FileChange change : plan.changes()) {
                write(change);
            }
        } catch (IOException | UnsupportedOperationException notPossible) {
            putBack(plan);
            earlier.ifPresentOrElse(
                    known -> plan.folder().write(known, earlierKey),
                    () -> plan.folder().remove(place.sluice()));
            throw CommandFailure.failed("cannot write (" + DiskFile.words(notPossible) + "): every file is as it was");
        }
        plan.folder().complete(record);
    }

    /// All of them before the first is written.
    static void refuseChanged(List<FileChange> changes) {
        for (FileChange change : changes) {
            if (!Arrays.equals(DiskFile.read(change.file()), change.before())) {
                throw CommandFailure.failed(change.named()
                        + " was changed by somebody else in the meantime: nothing was written, try again");
            }
        }
    }

    static void write(FileChange change) throws IOException {
        byte[] after = change.after();
        if (!change.isChange()) {
            return;
        }
        if (after == null) {
            Files.deleteIfExists(change.file());
        } else {
            DiskFile.replace(change.file(), after, change.secret());
        }
    }

    private static void putBack(SetupPlan plan) {
        List<FileChange> done = plan.changes();
        try {
            for (FileChange change : done) {
                if (Arrays.equals(DiskFile.read(change.file()), change.after())) {
                    write(change.reversed());
                }
            }
        } catch (IOException stillNotPossible) {
            throw CommandFailure.failed("cannot write, nor put back what was written ("
                    + DiskFile.words(stillNotPossible) + "): " + plan.folder().path() + " holds every file as it was");
        }
    }
}
