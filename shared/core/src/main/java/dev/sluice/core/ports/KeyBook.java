package dev.sluice.core.ports;

import dev.sluice.core.access.KeyRecord;
import java.util.List;

/// The keys that may call, for their owner: made, listed, revoked. Knows hashes only.
public interface KeyBook {
    /// False: there is a key of that name or hash already.
    boolean create(KeyRecord key);

    /// All of them, revoked ones too, by name.
    List<KeyRecord> list();

    /// False: there is no key of that name that could be revoked.
    boolean revoke(String name);
}
