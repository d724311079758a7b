package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.key.KnownModels;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.FreshKey;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.access.KeyRights;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.RateLimitConfig;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client's key that is about to be made, with rights that its owner has.
///
/// @param secret the key itself
record NewKey(KeyRecord record, String secret) {
    /// What a key is to be called, and what it may do.
    ///
    /// @param end null: never
    record Wish(String name, Instant now, @Nullable Instant end, Set<String> allowed, List<RateLimitConfig> limits) {}

    /// Keeps nothing yet. Ends the command when the key would have more rights than who makes it.
    static NewKey of(Wish wish, Holdings holdings, SecureRandom random) {
        String secret = FreshKey.of(random);
        KeyRecord record = new KeyRecord(
                holdings.hashes().of(secret),
                wish.name(),
                Caller.Kind.CLIENT,
                false,
                wish.now(),
                wish.end(),
                wish.allowed(),
                wish.limits());
        List<String> wider = KeyRights.wider(KeyRights.owner(wish.now()), record);
        if (!wider.isEmpty()) {
            throw CommandFailure.usage(String.join("; ", wider));
        }
        return new NewKey(record, secret);
    }

    /// The values of `--models`, each known to the configuration in force; none: all models.
    static Set<String> allowed(List<String> models, Holdings holdings) {
        Set<String> entries = new LinkedHashSet<>();
        models.stream().map(String::strip).filter(entry -> !entry.isEmpty()).forEach(entries::add);
        if (entries.isEmpty() && !models.isEmpty()) {
            throw CommandFailure.usage("--models names no model: leave it out for all of them");
        }
        if (!entries.isEmpty()) {
            KnownModels known =
                    new KnownModels(Holdings.snapshot(holdings.versions()).orElseGet(ConfigSnapshot::empty));
            entries.forEach(entry -> known.problem(entry).ifPresent(problem -> {
                throw CommandFailure.usage("--models: " + problem);
            }));
        }
        return entries;
    }

    @Override
    public String toString() {
        return "NewKey[" + record.name() + "]"; // never the key
    }
}
