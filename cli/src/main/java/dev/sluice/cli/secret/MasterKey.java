package dev.sluice.cli.secret;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.access.FreshKey;
import dev.sluice.core.access.KeyHash;
import java.security.SecureRandom;
import java.util.Optional;

/// Where the key that opens everything comes from, at one start.
public sealed interface MasterKey {
    int SHORTEST = 24;

    /// Its hash, the only form that is looked up or kept.
    String hash();

    /// From `SLUICE_MASTER_KEY`: holds for this process, is not written anywhere.
    record Given(String hash) implements MasterKey {}

    /// Made now: its hash has to be kept, and the key itself shown, this once.
    record Fresh(String hash, String key) implements MasterKey {
        @Override
        public String toString() {
            return "Fresh"; // the key shall not get into a log by accident
        }
    }

    /// Made at an earlier start.
    record Kept(String hash) implements MasterKey {}

    /// The given key, else the kept one, else a fresh one.
    ///
    /// @param given the variable's value
    /// @param kept the hash of an earlier start
    static MasterKey of(Optional<String> given, Optional<String> kept, KeyHash hashes, SecureRandom random) {
        if (given.isPresent()) {
            return new Given(hashes.of(longEnough(given.get().strip())));
        }
        return kept.<MasterKey>map(Kept::new).orElseGet(() -> fresh(hashes, random));
    }

    private static String longEnough(String key) {
        if (key.length() < SHORTEST) {
            throw CommandFailure.usage("SLUICE_MASTER_KEY has " + key.length() + " characters, at least " + SHORTEST
                    + " are needed. Take a longer one, or unset it: then start makes a key of its own.");
        }
        return key;
    }

    private static Fresh fresh(KeyHash hashes, SecureRandom random) {
        String key = FreshKey.of(random);
        return new Fresh(hashes.of(key), key);
    }
}
