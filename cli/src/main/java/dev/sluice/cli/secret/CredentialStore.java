package dev.sluice.cli.secret;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Providers' secrets by name. Who has only this can set and remove them, never read them back.
public interface CredentialStore {
    /// Names and when they were set, by name.
    List<Entry> list();

    /// Whether it replaced one of that name.
    boolean set(String name, String secret, Instant when);

    /// Whether there was one.
    boolean remove(String name);

    /// Takes out the one of that name if it still is that secret: for who has kept it and has no use for it any more.
    /// Whether it was.
    boolean takeBack(String name, String secret);

    /// @param setAt null: nobody has kept it
    record Entry(String name, @Nullable Instant setAt) {}
}
