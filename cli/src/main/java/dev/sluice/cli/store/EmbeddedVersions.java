package dev.sluice.cli.store;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// The versions of the configuration in the embedded store.
final class EmbeddedVersions implements ConfigVersions {
    private final MVMap<Long, String> versions;
    private final Runnable commit;
    private @Nullable Version newest; // so that a request's thread need not read the file

    /// @param commit brings what was put to the disk
    EmbeddedVersions(MVMap<Long, String> versions, Runnable commit) {
        this.versions = versions;
        this.commit = commit;
    }

    @Override
    public synchronized Optional<Version> head() {
        if (newest == null) {
            Long last = versions.lastKey();
            newest = last == null ? null : byNumber(last).orElse(null);
        }
        return Optional.ofNullable(newest);
    }

    @Override
    public synchronized Optional<Version> byNumber(long number) {
        String text = versions.get(number);
        return text == null ? Optional.empty() : Optional.of(decode(number, text));
    }

    @Override
    public synchronized List<Version> history(int limit) {
        List<Version> newestFirst = new ArrayList<>();
        Iterator<Long> numbers = versions.keyIteratorReverse(null);
        while (numbers.hasNext() && newestFirst.size() < limit) {
            byNumber(numbers.next()).ifPresent(newestFirst::add);
        }
        return newestFirst;
    }

    @Override
    public synchronized Write write(long expectedVersion, String document, String who, Instant when) {
        Long last = versions.lastKey();
        long head = last == null ? 0 : last;
        if (head != expectedVersion) {
            return new Write.Conflict(head);
        }
        Version next = new Version(head + 1, document, who, when);
        Kept.put(versions, Map.of(next.number(), JsonText.print(VersionJson.encode(next))), commit);
        newest = next;
        return new Write.Written(next);
    }

    private static Version decode(long number, String text) {
        Json.Obj object = JsonText.objectOrNull(text);
        return Optional.ofNullable(object)
                .flatMap(VersionJson::decode)
                .orElseThrow(() ->
                        CommandFailure.failed("version " + number + " of the configuration in the store is damaged"));
    }
}
