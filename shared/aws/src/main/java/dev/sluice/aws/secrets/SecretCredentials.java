package dev.sluice.aws.secrets;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The providers' credentials out of one secret: a JSON object, name to value. Those of the environment are as the map
/// had them when it was handed in.
///
/// Answers come from memory. The secret is read with each configuration that comes in force, and again by the first
/// request that comes five minutes later ([#refresh]); never in the background, and not at all while no provider wants a
/// stored credential. A reading that fails leaves what is known; it is tried again after thirty seconds, after one where
/// nothing is known yet. Ages go by the wall clock, which goes on while an environment is frozen. Thread-safe.
public final class SecretCredentials implements Credentials {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final Duration RETRY_WITHOUT_ANY = Duration.ofSeconds(1);

    private final SecretStore store;
    private final String id;
    private final Map<String, String> environment;
    private final Time time;
    private final Consumer<String> notes;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Map<String, String> stored;
    private volatile @Nullable Instant due;
    private volatile boolean wanted;
    private @Nullable String lastTrouble; // of who holds the lock

    /// @param id of the secret, its name or ARN
    /// @param notes sentences for the owner's log
    public SecretCredentials(
            SecretStore store, String id, Map<String, String> environment, Time time, Consumer<String> notes) {
        this.store = store;
        this.id = id;
        this.environment = Map.copyOf(environment);
        this.time = time;
        this.notes = notes;
    }

    @Override
    public Optional<String> secret(CredentialRef ref) {
        Map<String, String> known = stored;
        return switch (ref) {
            case CredentialRef.Stored(String name) -> Optional.ofNullable(known == null ? null : known.get(name));
            case CredentialRef.Environment(String variable) ->
                Optional.ofNullable(environment.get(variable)).filter(secret -> !secret.isBlank());
        };
    }

    /// Follows a configuration that is about to come in force: reads what it may want.
    public void follow(ConfigSnapshot snapshot) {
        wanted = snapshot.providers().stream().anyMatch(SecretCredentials::wantsStored);
        if (wanted) {
            reading.lock();
            try {
                read();
            } finally {
                reading.unlock();
            }
        }
    }

    private static boolean wantsStored(ProviderConfig provider) {
        return provider.enabled() && provider.credential() instanceof CredentialRef.Stored;
    }

    /// Reads again what is no longer fresh; at once where nothing has to be read, or another request does so already.
    public void refresh() {
        if (wanted && isDue() && reading.tryLock()) {
            try {
                if (isDue()) {
                    read();
                }
            } finally {
                reading.unlock();
            }
        }
    }

    private boolean isDue() {
        Instant next = due;
        Instant now = time.now();
        // a clock that was set back must not make a secret last
        return next == null || !now.isBefore(next) || now.plus(FRESH).isBefore(next);
    }

    private void read() {
        switch (store.read(id)) {
            case SecretReading.Found(String text) -> take(text);
            case SecretReading.Refused(String why) -> failed("cannot be read: " + why);
            case SecretReading.Silent(String why) -> failed("cannot be read: " + why);
        }
    }

    private void take(String text) {
        Json.Obj object = JsonText.objectOrNull(text);
        if (object == null) {
            failed("is no JSON object of names and values");
            return;
        }
        Map<String, String> next = new HashMap<>();
        object.fields().forEach((name, value) -> {
            if (value instanceof Json.Str(String secret) && !secret.isBlank()) {
                next.put(name, secret);
            }
        });
        stored = Map.copyOf(next);
        due = time.now().plus(FRESH);
        int left = object.fields().size() - next.size();
        note(left == 0 ? null : "has " + left + " entries that are no texts or empty: they count as not set");
    }

    private void failed(String why) {
        due = time.now().plus(stored == null ? RETRY_WITHOUT_ANY : RETRY);
        note(why + (stored == null ? "" : " (what was read before stays in use)"));
    }

    /// Once, until it is another thing that is wrong.
    private void note(@Nullable String trouble) {
        if (trouble != null && !trouble.equals(lastTrouble)) {
            notes.accept("the secret " + id + " with the providers' credentials " + trouble);
        }
        lastTrouble = trouble;
    }

    @Override
    public String toString() {
        return "SecretCredentials"; // not what it holds
    }
}
