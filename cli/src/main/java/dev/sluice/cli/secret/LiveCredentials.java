package dev.sluice.cli.secret;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.credential.ServiceAccountKey;
import dev.sluice.core.ports.Credentials;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The secrets a serving process uses, all in memory. Stored ones change when they are set, those of the environment
/// are read at the start and with each new version of the configuration.
public final class LiveCredentials implements Credentials, CredentialStore {
    private final CredentialFile file;
    private final UnaryOperator<@Nullable String> environment;
    private volatile Map<String, String> stored;
    private volatile Map<String, String> variables = Map.of();
    private volatile Runnable changed = () -> {};

    /// @param environment answers a variable's value, null when it is not set
    public LiveCredentials(CredentialFile file, UnaryOperator<@Nullable String> environment) {
        this.file = file;
        this.environment = environment;
        this.stored = Map.copyOf(file.secrets());
    }

    @Override
    public Optional<String> secret(CredentialRef ref) {
        return switch (ref) {
            case CredentialRef.Stored(String name) -> Optional.ofNullable(stored.get(name));
            case CredentialRef.Environment(String variable) -> Optional.ofNullable(variables.get(variable));
        };
    }

    /// Reads the environment for a configuration that comes into force; answers what it lacks, as [#missing].
    public List<String> follow(ConfigSnapshot snapshot) {
        Map<String, String> read = new HashMap<>();
        for (ProviderConfig provider : snapshot.providers()) {
            if (provider.credential() instanceof CredentialRef.Environment(String variable)) {
                usable(variable).ifPresent(secret -> read.put(variable, secret));
            }
        }
        variables = Map.copyOf(read);
        changed.run();
        return missing(snapshot);
    }

    /// Called from now on whenever these secrets may have changed, by who changes them.
    public void whenChanged(Runnable action) {
        changed = action;
    }

    /// All stored ones as one secret, the way a function reads them: a JSON object, name to value.
    public String asOneSecret() {
        Json.Builder object = Json.object();
        new TreeMap<>(stored).forEach(object::put);
        return JsonText.print(object.build());
    }

    /// The variables that the configuration in force names, by name.
    public Map<String, String> variables() {
        return variables;
    }

    /// One sentence for each secret that an enabled provider wants and that is not there.
    public List<String> missing(ConfigSnapshot snapshot) {
        return missing(snapshot, this::isThere, LiveCredentials::remedy);
    }

    /// The same for secrets that are kept elsewhere.
    ///
    /// @param remedy what to do about one that is not there
    public static List<String> missing(
            ConfigSnapshot snapshot, Predicate<CredentialRef> isThere, Function<CredentialRef, String> remedy) {
        List<String> missing = new ArrayList<>();
        for (ProviderConfig provider : snapshot.providers()) {
            CredentialRef ref = provider.credential();
            if (ref != null && provider.enabled() && !isThere.test(ref)) {
                missing.add("provider " + provider.id() + " has no credential: " + remedy.apply(ref));
            }
        }
        return missing;
    }

    private boolean isThere(CredentialRef ref) {
        return switch (ref) {
            case CredentialRef.Stored(String name) -> stored.containsKey(name);
            case CredentialRef.Environment(String variable) -> usable(variable).isPresent();
        };
    }

    /// Names in the store that its key does not open.
    public Set<String> unreadable() {
        Set<String> names = new TreeSet<>();
        file.list().forEach(entry -> names.add(entry.name()));
        names.removeAll(stored.keySet());
        return names;
    }

    @Override
    public List<Entry> list() {
        return file.list();
    }

    @Override
    public boolean set(String name, String secret, Instant when) {
        boolean replaced = file.set(name, secret, when);
        stored = Map.copyOf(file.secrets());
        changed.run();
        return replaced;
    }

    @Override
    public boolean takeBack(String name, String secret) {
        boolean removed = file.takeBack(name, secret);
        stored = Map.copyOf(file.secrets());
        changed.run();
        return removed;
    }

    @Override
    public boolean remove(String name) {
        boolean removed = file.remove(name);
        stored = Map.copyOf(file.secrets());
        changed.run();
        return removed;
    }

    private Optional<String> usable(String variable) {
        return Optional.ofNullable(environment.apply(variable))
                .filter(secret -> CredentialRules.problemOfSecret(secret).isEmpty()
                        || ServiceAccountKey.isMeant(secret)); // what is wrong with one is told where it is used
    }

    private static String remedy(CredentialRef ref) {
        return switch (ref) {
            case CredentialRef.Stored(String name) -> "sluice credential set " + name;
            case CredentialRef.Environment(String variable) ->
                "the variable " + variable + " was not set, or no header can carry it, when this process started";
        };
    }
}
