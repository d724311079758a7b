package dev.sluice.cli.store;

import dev.sluice.cli.secret.PrivateFile;
import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Calls in files, one a day (UTC), one line of JSON a call, in the order in which they were written down.
///
/// A line that cannot be read, such as the last one after a power failure, is left out and told once. Files older than
/// [CallBook#KEPT] are deleted when a new day's is begun.
final class EmbeddedCalls implements CallBook {
    private static final String SUFFIX = ".jsonl";
    private static final Comparator<CallLog.Entry> ORDER =
            Comparator.comparing(CallLog.Entry::over).thenComparing(CallLog.Entry::requestId);

    private final Path folder;
    private final Consumer<String> notes;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean hasFailed = new AtomicBoolean();
    private final Set<Path> damaged = ConcurrentHashMap.newKeySet();
    private @Nullable CallFile open;

    /// @param folder made with the first call
    /// @param notes told what cannot be written or read
    EmbeddedCalls(Path folder, Consumer<String> notes) {
        this.folder = folder;
        this.notes = notes;
    }

    @Override
    public boolean keep(CallLog.Entry entry) {
        writing.lock();
        try {
            file(day(entry.over())).append(CallLogJson.line(entry));
            hasFailed.set(false);
            return true;
        } catch (IOException | UnsupportedOperationException failed) {
            open = null; // perhaps somebody has removed the file
            if (hasFailed.compareAndSet(false, true)) {
                notes.accept("calls cannot be written to " + folder + " (" + failed.getMessage()
                        + "): until they can, sluice logs lacks them");
            }
            return false;
        } finally {
            writing.unlock();
        }
    }

    private CallFile file(LocalDate day) throws IOException {
        Path path = folder.resolve(day + SUFFIX);
        CallFile known = open;
        if (known != null && known.path().equals(path)) {
            return known;
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        try {
            PrivateFile.create(path, new byte[0]);
            prune(day);
        } catch (FileAlreadyExistsException there) {
            // goes on where it ended
        }
        CallFile file = new CallFile(path);
        open = file;
        return file;
    }

    private void prune(LocalDate today) {
        LocalDate first = today.minusDays(KEPT.toDays());
        try {
            for (Path old : days(day -> day.isBefore(first))) {
                Files.deleteIfExists(old);
            }
        } catch (IOException stays) {
            notes.accept("old calls in " + folder + " cannot be deleted (" + stays.getMessage() + ")");
        }
    }

    /// Newest first.
    private List<Path> days(Predicate<LocalDate> wanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> day(file).filter(wanted).isPresent())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static Optional<LocalDate> day(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return name.endsWith(SUFFIX)
                    ? Optional.of(LocalDate.parse(name.substring(0, name.length() - SUFFIX.length())))
                    : Optional.empty();
        } catch (DateTimeParseException noDay) {
            return Optional.empty();
        }
    }

    private static LocalDate day(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    @Override
    public List<CallLog.Entry> over(Instant from, Instant to, int most) {
        LocalDate first = day(from);
        LocalDate last = day(to);
        List<CallLog.Entry> found = new ArrayList<>();
        try {
            for (Path file : days(day -> !day.isBefore(first) && !day.isAfter(last))) {
                if (found.size() < most) {
                    found.addAll(in(file, from, to, most));
                }
            }
        } catch (IOException failed) {
            throw unreadable(failed);
        }
        found.sort(ORDER);
        return List.copyOf(found.subList(Math.max(0, found.size() - most), found.size()));
    }

    /// Lines are written within seconds of the moment when their call was over: what follows the end of a file is read
    /// from there, however large it is. Single ones are not: those of calls during which the machine slept, or its clock
    /// was set.
    private List<CallLog.Entry> in(Path file, Instant from, Instant to, int most) throws IOException {
        List<CallLog.Entry> found = new ArrayList<>();
        try (CallFile.Backwards lines = backwards(file)) {
            Instant oldest = from.minusSeconds(CallFile.DISORDER.toSeconds());
            int old = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                CallLog.Entry entry = decoded(file, line).orElse(null);
                if (entry == null) {
                    continue;
                }
                Instant over = entry.over();
                old = over.isBefore(oldest) ? old + 1 : 0;
                if (old == CallFile.MOST_OUT_OF_ORDER) {
                    break;
                }
                if (!over.isBefore(from) && over.isBefore(to)) {
                    found.add(entry);
                    if (found.size() == most) {
                        oldest = over.minus(CallFile.DISORDER);
                    }
                }
            }
        } catch (NoSuchFileException pruned) {
            return List.of();
        }
        return found;
    }

    /// Never from the middle of a line that is being written.
    private CallFile.Backwards backwards(Path file) throws IOException {
        writing.lock();
        try {
            return new CallFile(file).backwards();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Optional<CallLog.Entry> find(String requestId, Instant now) {
        Instant from = now.minus(KEPT);
        LocalDate first = day(from);
        String sought = JsonText.print(Json.of(requestId));
        try {
            for (Path file : days(day -> !day.isBefore(first))) {
                Optional<CallLog.Entry> found = find(file, sought)
                        .filter(entry -> entry.requestId().equals(requestId))
                        .filter(entry -> !entry.over().isBefore(from));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    private Optional<CallLog.Entry> find(Path file, String sought) throws IOException {
        try (CallFile.Backwards lines = backwards(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.contains("\"requestId\":" + sought)) {
                    return decoded(file, line);
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException pruned) {
            return Optional.empty();
        }
    }

    private Optional<CallLog.Entry> decoded(Path file, String line) {
        Json.Obj object = JsonText.objectOrNull(line);
        Optional<CallLog.Entry> entry = object == null ? Optional.empty() : CallLogJson.decode(object);
        if (entry.isEmpty() && damaged.add(file)) {
            notes.accept(file + " has a line that is damaged: that call is left out");
        }
        return entry;
    }

    private PortFailure unreadable(IOException failed) {
        return new PortFailure("the calls in " + folder + " cannot be read: " + failed.getMessage());
    }
}
