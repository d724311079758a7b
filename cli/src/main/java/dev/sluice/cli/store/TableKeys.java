package dev.sluice.cli.store;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.KeyBook;
import java.util.List;

/// The callers' keys in the table, for commands: a table that does not answer ends the command with its reason.
final class TableKeys implements KeyBook {
    private final KeyBook keys;

    TableKeys(KeyBook keys) {
        this.keys = keys;
    }

    @Override
    public boolean create(KeyRecord key) {
        return TableVersions.asked(() -> keys.create(key));
    }

    @Override
    public List<KeyRecord> list() {
        return TableVersions.asked(keys::list);
    }

    @Override
    public boolean revoke(String name) {
        return TableVersions.asked(() -> keys.revoke(name));
    }
}
