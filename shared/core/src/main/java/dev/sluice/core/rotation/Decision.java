package dev.sluice.core.rotation;

import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.core.ports.VersionedSecret.Description;
import dev.sluice.core.ports.WorkerKeys;
import java.util.Optional;

/// The end of a rotation, which two services have to agree on: the table's key and the secret's current label.
///
/// In the table it is first written that a pending key *will* hold: from then on it has no end of its own and no other
/// key takes its place. Whoever comes next, this rotation or another one, moves the label and then promotes the key. So
/// the key under the current label is valid at every moment, and the old key's grace begins when nothing names it any
/// more as the one to use.
final class Decision {
    private final VersionedSecret secret;
    private final WorkerKeys keys;
    private final Time time;

    Decision(VersionedSecret secret, WorkerKeys keys, Time time) {
        this.secret = secret;
        this.keys = keys;
        this.time = time;
    }

    /// Carries out what is decided, if anything is.
    ///
    /// @param seen the secret as it was before this call: the label is moved only if it is still where it was seen, and
    ///     it never comes back to a version that it has left. A caller who slept does no harm
    /// @return false: others are at it, or it cannot be done now
    boolean carryOut(Description seen) {
        Optional<String> decided = keys.state().decided();
        if (decided.isEmpty()) {
            return true;
        }
        String version = decided.get();
        Optional<String> current = seen.versionOf(VersionedSecret.CURRENT);
        if (!current.equals(decided) && !secret.move(VersionedSecret.CURRENT, current.orElse(null), version)) {
            return without(version);
        }
        return keys.promote(version, time.now());
    }

    /// The label could not be moved: it is there already, it was moved by others, or the version is gone.
    private boolean without(String version) {
        Description now = secret.describe();
        if (now.stagesOf(version).contains(VersionedSecret.CURRENT)) {
            return keys.promote(version, time.now());
        }
        boolean isGone =
                now.stagesOf(version).isEmpty() && secret.version(version).isEmpty();
        return isGone && keys.abandon(version); // it had no label, and the service has deleted it
    }
}
