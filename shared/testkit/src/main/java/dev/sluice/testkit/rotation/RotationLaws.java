package dev.sluice.testkit.rotation;

import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.core.ports.VersionedSecret.Value;
import dev.sluice.testkit.WorkerKeysContract.Place;
import dev.sluice.testkit.secrets.FakeSecret;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What has to be so at every moment, whatever happens to a rotation.
final class RotationLaws {
    private final FakeSecret secret;
    private final Place place;
    private final KeyHash hashes;
    private final Time time;
    private final Map<String, String> hashOf = new HashMap<>();
    private final Set<String> written = new LinkedHashSet<>();
    private final Set<String> held = new HashSet<>();
    private final Map<String, Instant> ends = new HashMap<>();
    private boolean minted;

    RotationLaws(FakeSecret secret, Place place, KeyHash hashes, Time time) {
        this.secret = secret;
        this.place = place;
        this.hashes = hashes;
        this.time = time;
    }

    /// A law that does not hold.
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String law) {
            super(law);
        }
    }

    void wrote(KeyRecord key) {
        written.add(key.hash());
    }

    /// A key that stops being the current one has to end after its grace.
    void changed(WorkerKeyState before, WorkerKeyState after) {
        Optional<WorkerKeyState.Key> old = before.current();
        if (after.current().isPresent() && !after.current().equals(old)) {
            minted = true;
            old.ifPresent(key -> ends.put(key.hash(), time.now().plus(before.grace())));
            after.current().ifPresent(key -> ends.remove(key.hash()));
        }
    }

    String hash(String key) {
        return hashOf.computeIfAbsent(key, hashes::of);
    }

    void check() {
        secret.texts().forEach(text -> held.add(hash(text)));
        Instant now = time.now();
        Optional<Value> current = secret.stage(VersionedSecret.CURRENT);
        if (minted && current.filter(value -> isValid(hash(value.text()), now)).isEmpty()) {
            throw new Broken("the key under AWSCURRENT is not valid");
        }
        for (Map.Entry<String, Instant> end : ends.entrySet()) {
            if (!now.isBefore(end.getValue()) && isValid(end.getKey(), now)) {
                throw new Broken("an old key is valid past its grace");
            }
        }
        for (String hash : written) {
            if (!held.contains(hash) && isValid(hash, now)) {
                throw new Broken("a key is valid that the secret never held");
            }
        }
    }

    /// After a rotation that has ended well.
    void checkEnded(String version) {
        check();
        WorkerKeyState state = place.keys().state();
        Value current = secret.stage(VersionedSecret.CURRENT).orElseThrow();
        WorkerKeyState.Key holds = state.current().orElseThrow();
        if (!current.version().equals(version) || !holds.version().equals(version)) {
            throw new Broken("version " + version + " was rotated to, AWSCURRENT is " + current.version()
                    + ", the table's is " + holds.version());
        }
        if (!holds.hash().equals(hash(current.text()))) {
            throw new Broken("the table's key is not the one under AWSCURRENT");
        }
        if (state.decided().isPresent()) {
            throw new Broken("something is decided and not carried out");
        }
        Instant muchLater = time.now().plusSeconds(1_000_000_000);
        for (String hash : written) {
            if (isValid(hash, muchLater) != hash.equals(holds.hash())) {
                throw new Broken("of all keys, the current one alone is valid without end");
            }
        }
    }

    private boolean isValid(String hash, Instant now) {
        return place.record().apply(hash).filter(key -> key.isValid(now)).isPresent();
    }
}
