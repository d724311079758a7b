package dev.sluice.cli.store;

import dev.sluice.core.access.Caller;
import dev.sluice.core.ports.KeyStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/// The keys that may call this machine's gateway: the master key.
public final class LocalKeys implements KeyStore {
    private final Caller master;

    public LocalKeys(String masterHash) {
        this.master = new Caller(masterHash, "master", Caller.Kind.MASTER, Set.of());
    }

    @Override
    public Lookup lookup(String keyHash) {
        return MessageDigest.isEqual(ascii(keyHash), ascii(master.keyHash()))
                ? new Lookup.Found(master)
                : new Lookup.Unknown();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
