package dev.sluice.testkit;

import dev.sluice.core.ports.ResponseStore;
import dev.sluice.core.stored.PackedResponse;
import dev.sluice.core.stored.StoredResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Stored answers in memory, which can fall silent. Thread-safe.
public final class FakeResponseStore implements ResponseStore {
    private final Map<String, StoredResponse> kept = new HashMap<>();
    private boolean silent;

    /// Whether it answers nobody any more.
    public synchronized void silent(boolean is) {
        silent = is;
    }

    @Override
    public synchronized Kept keep(StoredResponse response) {
        if (silent) {
            return Kept.SILENT;
        }
        if (PackedResponse.pack(response.document()).isEmpty()) {
            return Kept.TOO_LARGE;
        }
        kept.put(response.id(), response);
        return Kept.KEPT;
    }

    @Override
    public synchronized Found find(String id, Instant now) {
        if (silent) {
            return new Found.Silent();
        }
        return Optional.ofNullable(kept.get(id))
                .filter(response -> response.expires().isAfter(now))
                .<Found>map(Found.Here::new)
                .orElseGet(Found.Missing::new);
    }

    @Override
    public synchronized Forgotten forget(String id) {
        if (silent) {
            return Forgotten.SILENT;
        }
        return kept.remove(id) == null ? Forgotten.MISSING : Forgotten.FORGOTTEN;
    }
}
