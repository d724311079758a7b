package dev.sluice.cli.start;

import dev.sluice.cli.secret.MasterKey;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.cli.store.EmbeddedWorkerKeys;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.WorkerKeys;
import java.util.Optional;
import java.util.function.Predicate;

/// Which keys open everything at one start.
///
/// They are kept on this machine whatever the store: a table may be shared, even with a deployed stack, whose master key
/// is another one.
///
/// @param keys where they are kept and changed
/// @param opens whether a hash is that of such a key now; empty: nobody is asked for a key
record Masters(WorkerKeys keys, Optional<Predicate<String>> opens) {
    /// @param master empty without keys
    static Masters of(EmbeddedStore local, SecretKey secret, Optional<MasterKey> master, Time time) {
        if (master.isPresent() && master.get() instanceof MasterKey.Given(String hash)) {
            return new Masters(new GivenWorkerKeys(), Optional.of(hash::equals));
        }
        EmbeddedWorkerKeys kept = local.workerKeys(secret.fingerprint());
        return new Masters(kept, master.map(_ -> hash -> kept.opens(hash, time.now())));
    }
}
