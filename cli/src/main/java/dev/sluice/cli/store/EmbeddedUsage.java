package dev.sluice.cli.store;

import dev.sluice.core.metering.UsageLines;
import dev.sluice.core.metering.UsageNames;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// What was used, in the embedded store: one line of JSON for each day, caller and target. Thread-safe.
final class EmbeddedUsage implements UsageBook {
    private static final String DAMAGED = "damaged ";

    private final MVMap<String, String> lines;
    private final StoreWriter writer;
    private final Runnable commit;
    private final Consumer<String> notes;
    private final UsageNames names;
    private final ReentrantLock lock = new ReentrantLock();
    /// Not written yet.
    private Map<String, Line> added = new HashMap<>();
    /// The newest day that was written, on the writer's thread.
    private String newest = "";

    /// @param commit hands what was put to the operating system
    /// @param notes told of what is damaged, and of keys with too many models
    EmbeddedUsage(MVMap<String, String> lines, StoreWriter writer, Runnable commit, Consumer<String> notes) {
        this.notes = notes;
        this.names = new UsageNames(notes);
        this.lines = lines;
        this.writer = writer;
        this.commit = commit;
    }

    @Override
    public boolean add(CallLog.Entry entry) {
        LocalDate day = entry.over().atOffset(ZoneOffset.UTC).toLocalDate();
        Line line = names.counted(day, UsageLines.of(entry), () -> targets(day, entry.caller()));
        String target = line.target() == null ? "" : line.target();
        String key = day + "\n" + line.caller() + "\n" + target;
        lock.lock();
        try {
            added.merge(key, line, UsageLines::sum);
        } finally {
            lock.unlock();
        }
        return writer.write(this::writeAdded);
    }

    /// All that waits is written at once: the writer is one thread, and the steps of the limits wait for it as well.
    private void writeAdded() {
        Map<String, Line> next;
        lock.lock();
        try {
            next = added;
            added = new HashMap<>();
        } finally {
            lock.unlock();
        }
        if (next.isEmpty()) {
            return; // an earlier write took it along
        }
        next.forEach((key, line) -> {
            String before = lines.get(key);
            Optional<Line> sum = read(before).map(known -> UsageLines.sum(known, line));
            if (before != null && sum.isEmpty()) {
                setAside(key, before);
            }
            lines.put(key, JsonText.print(UsageLines.encode(sum.orElse(line))));
        });
        prune(next.keySet());
        commit.run();
    }

    /// What cannot be read stays as it is, out of the way.
    private void setAside(String key, String text) {
        lines.put(DAMAGED + key, text);
        notes.accept("the line " + key.replace('\n', ' ')
                + " of what was used is damaged: it is set aside, and counted from nothing again");
    }

    /// With the first line of a newer day the oldest go.
    private void prune(Set<String> written) {
        String day = written.stream()
                .map(key -> key.substring(0, key.indexOf('\n')))
                .max(Comparator.naturalOrder())
                .orElse("");
        if (day.compareTo(newest) <= 0) {
            return;
        }
        newest = day;
        String first = LocalDate.parse(day).minus(KEPT).toString();
        for (String key = lines.firstKey(); key != null && key.compareTo(first) < 0; key = lines.firstKey()) {
            lines.remove(key);
        }
    }

    private Set<String> targets(LocalDate day, String caller) {
        return of(day).stream()
                .filter(line -> line.caller().equals(caller))
                .flatMap(line -> Stream.ofNullable(line.target()))
                .collect(Collectors.toSet());
    }

    @Override
    public List<Line> of(LocalDate day) {
        String prefix = day + "\n";
        List<Line> found = new ArrayList<>();
        Iterator<String> keys = lines.keyIterator(prefix);
        while (keys.hasNext()) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                break;
            }
            read(lines.get(key)).ifPresent(found::add);
        }
        found.sort(UsageLines.ORDER);
        return List.copyOf(found);
    }

    private static Optional<Line> read(@Nullable String text) {
        Json.Obj object = text == null ? null : JsonText.objectOrNull(text);
        return object == null ? Optional.empty() : UsageLines.decode(object);
    }
}
