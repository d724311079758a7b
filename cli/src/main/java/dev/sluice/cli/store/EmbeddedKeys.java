package dev.sluice.cli.store;

import dev.sluice.core.access.KeyJson;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;

/// The callers' keys in the embedded store, read once and kept in memory. A change is on the disk when the method returns.
final class EmbeddedKeys implements KeyBook {
    private final MVMap<String, String> kept;
    private final Runnable commit;
    private final Map<String, KeyRecord> byHash = new HashMap<>();

    /// @param commit brings what was put to the disk
    /// @param notes told which keys cannot be read: those are refused
    EmbeddedKeys(MVMap<String, String> kept, Runnable commit, Consumer<String> notes) {
        this.kept = kept;
        this.commit = commit;
        kept.forEach((hash, text) -> read(text)
                .ifPresentOrElse(
                        key -> byHash.put(hash, key),
                        () -> notes.accept(
                                "in the store, the key with the hash " + hash + " is damaged: it is refused")));
    }

    private static Optional<KeyRecord> read(String text) {
        Json.Obj object = JsonText.objectOrNull(text);
        return object == null ? Optional.empty() : KeyJson.decode(object);
    }

    @Override
    public synchronized boolean create(KeyRecord key) {
        if (kept.containsKey(key.hash()) || named(key.name()).isPresent()) {
            return false;
        }
        keep(key);
        return true;
    }

    @Override
    public synchronized List<KeyRecord> list() {
        return byHash.values().stream()
                .sorted(Comparator.comparing(KeyRecord::name))
                .toList();
    }

    @Override
    public synchronized boolean revoke(String name) {
        Optional<KeyRecord> key = named(name).filter(found -> !found.revoked());
        key.ifPresent(found -> keep(new KeyRecord(
                found.hash(),
                found.name(),
                found.kind(),
                true,
                found.created(),
                found.expires(),
                found.allowedModels(),
                found.limits())));
        return key.isPresent();
    }

    /// Those of the keys that are known.
    synchronized Map<String, KeyRecord> among(Set<String> hashes) {
        Map<String, KeyRecord> known = new HashMap<>();
        for (String hash : hashes) {
            KeyRecord key = byHash.get(hash);
            if (key != null) {
                known.put(hash, key);
            }
        }
        return known;
    }

    private Optional<KeyRecord> named(String name) {
        return byHash.values().stream().filter(key -> key.name().equals(name)).findFirst();
    }

    private void keep(KeyRecord key) {
        Kept.put(kept, Map.of(key.hash(), JsonText.print(KeyJson.encode(key))), commit);
        byHash.put(key.hash(), key);
    }
}
