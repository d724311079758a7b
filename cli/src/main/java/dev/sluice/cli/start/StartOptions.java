package dev.sluice.cli.start;

import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.StoreChoice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How the gateway is to be served.
///
/// @param port 0: any that is free
/// @param store of what processes may share
/// @param config applied now and whenever it changes; null: only what is stored
/// @param open whether anyone may call without a key (`--no-auth`)
public record StartOptions(
        String host,
        int port,
        DataDirectory directory,
        StoreChoice store,
        @Nullable Path config,
        boolean open,
        boolean json) {}
