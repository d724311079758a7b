package dev.sluice.cli.store;

import dev.sluice.core.metering.UsageLines;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// What was used, in the embedded store: one line of JSON for each day, caller and target. Thread-safe.
final class EmbeddedUsage implements UsageBook {
    private final MVMap<String, String> lines;
    private final StoreWriter writer;
    private final Runnable commit;
    private final ReentrantLock lock = new ReentrantLock();
    /// Not written yet.
    private Map<String, Line> added = new HashMap<>();

    /// @param commit hands what was put to the operating system
    EmbeddedUsage(MVMap<String, String> lines, StoreWriter writer, Runnable commit) {
        this.lines = lines;
        this.writer = writer;
        this.commit = commit;
    }

    @Override
    public boolean add(CallLog.Entry entry) {
        Line line = UsageLines.of(entry);
        String day = entry.over().atOffset(ZoneOffset.UTC).toLocalDate().toString();
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
            Line sum = read(lines.get(key))
                    .map(before -> UsageLines.sum(before, line))
                    .orElse(line);
            lines.put(key, JsonText.print(UsageLines.encode(sum)));
        });
        commit.run();
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
