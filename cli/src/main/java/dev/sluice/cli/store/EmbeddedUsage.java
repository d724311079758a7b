package dev.sluice.cli.store;

import dev.sluice.core.metering.UsageLines;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// What was used, in the embedded store: one line of JSON for each day, caller and target. Thread-safe.
final class EmbeddedUsage implements UsageBook {
    private final MVMap<String, String> lines;
    private final StoreWriter writer;
    private final Runnable commit;

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
        // the writer is one thread: nobody comes between reading and writing
        return writer.write(() -> {
            Line sum = read(lines.get(key))
                    .map(before -> UsageLines.sum(before, line))
                    .orElse(line);
            lines.put(key, JsonText.print(UsageLines.encode(sum)));
            commit.run();
        });
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
