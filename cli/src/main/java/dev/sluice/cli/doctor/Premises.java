package dev.sluice.cli.doctor;

import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.Hosted;
import dev.sluice.cli.control.RunningStart;
import dev.sluice.cli.secret.CredentialFile;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.secret.LiveCredentials;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.Credentials;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// What several areas look at: found out once, when it is first needed, and by one of them at a time. Nothing is made by
/// looking: where nothing is kept yet, nothing is afterwards.
public final class Premises implements AutoCloseable {
    private final Surroundings surroundings;
    private final Optional<OwnerSettings> stack;
    private final Supplier<DataDirectory> folder;
    private final Given given;
    private final Shade shade = new Shade();
    private final ReentrantLock turn = new ReentrantLock();
    private final Once<RunningStart> running = new Once<>(this::findRunning);
    private final Once<Optional<Holdings>> holdings = new Once<>(this::openHoldings);
    private final Once<Optional<Version>> head =
            new Once<>(() -> ask(held -> held.versions().head(), Optional.empty()));
    private final Once<Optional<String>> url = new Once<>(this::findUrl);
    private final Once<List<CredentialStore.Entry>> credentials =
            new Once<>(() -> ask(held -> keepsCredentials() ? held.credentials().list() : List.of(), List.of()));
    private final Once<Optional<LiveCredentials>> secrets = new Once<>(this::openSecrets);

    /// What the owner has named.
    ///
    /// @param url of the gateway; empty: the running start's, or the stack's
    /// @param key empty: no call is made with one
    /// @param keySource where it is from, for people
    public record Given(Optional<String> url, Optional<String> key, String keySource) {
        @Override
        public String toString() {
            return "Given[" + url + "]"; // never the key
        }
    }

    /// @param stack empty: it is about this machine
    /// @param folder of this machine; asked for only then
    public Premises(
            Surroundings surroundings, Optional<OwnerSettings> stack, Supplier<DataDirectory> folder, Given given) {
        this.surroundings = surroundings;
        this.stack = stack;
        this.folder = new Once<>(folder);
        this.given = given;
        given.key().ifPresent(shade::hide);
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Given given() {
        return given;
    }

    Shade shade() {
        return shade;
    }

    /// The deployed stack that it is about; empty: this machine.
    public Optional<OwnerSettings> stack() {
        return stack;
    }

    /// This machine's; not to be asked for where it is about a stack.
    public DataDirectory folder() {
        return folder.get();
    }

    public RunningStart running() {
        return running.get();
    }

    private RunningStart findRunning() {
        return stack.isPresent() ? new RunningStart.None() : RunningStart.of(folder());
    }

    /// Whether requests are answered by what is kept here.
    public boolean isServed() {
        return stack.isPresent() || running() instanceof RunningStart.Here;
    }

    private Optional<Holdings> openHoldings() {
        if (stack.isPresent()) {
            return Optional.of(Hosted.open(stack.get(), surroundings));
        }
        boolean isThere = running() instanceof RunningStart.Here || Files.exists(folder().store());
        return isThere ? Optional.of(Holdings.open(folder(), surroundings)) : Optional.empty();
    }

    /// Asks what is kept; the answer otherwise where nothing is.
    public <T> T ask(Function<Holdings, T> question, T otherwise) {
        turn.lock();
        try {
            Optional<Holdings> open = holdings.get();
            return open.isPresent() ? question.apply(open.get()) : otherwise;
        } finally {
            turn.unlock();
        }
    }

    public Optional<Version> head() {
        return head.get();
    }

    /// The head as it is read; empty: nothing was ever configured.
    public Optional<ConfigReading> reading() {
        return head().map(Premises::read);
    }

    static ConfigReading read(Version version) {
        return ConfigReader.read(version.document().getBytes(StandardCharsets.UTF_8), version.number());
    }

    /// What is in force, as far as this version can read it.
    public ConfigSnapshot snapshot() {
        return reading()
                .flatMap(read -> read instanceof ConfigReading.Good(ConfigSnapshot snapshot, var _)
                        ? Optional.of(snapshot)
                        : Optional.empty())
                .orElseGet(ConfigSnapshot::empty);
    }

    /// A provider's object as it is written.
    Optional<Json.Obj> written(String provider) {
        Json.Obj document =
                head().map(version -> JsonText.objectOrNull(version.document())).orElse(Json.Obj.EMPTY);
        return document.items("providers").stream()
                .flatMap(item -> item instanceof Json.Obj object
                        ? Optional.of(object).stream()
                        : Optional.<Json.Obj>empty().stream())
                .filter(object -> object.text("id", "").equals(provider))
                .findFirst();
    }

    /// Where the gateway is: as it was given, else the running start's, else the stack's.
    public Optional<String> url() {
        return url.get();
    }

    private Optional<String> findUrl() {
        return given.url()
                .or(() -> isServed() ? ask(Holdings::url, Optional.empty()) : Optional.empty())
                .map(found -> found.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:"));
    }

    private boolean keepsCredentials() {
        return stack.isPresent() || running() instanceof RunningStart.Here || Files.exists(folder().credentials());
    }

    /// Names only, and when each was set.
    public List<CredentialStore.Entry> credentials() {
        return credentials.get();
    }

    private Optional<LiveCredentials> openSecrets() {
        if (stack.isPresent() || !Files.exists(folder().credentials()) || !Files.exists(folder().secretKey())) {
            return Optional.empty();
        }
        SecretKey key = SecretKey.open(folder().secretKey(), surroundings.random());
        return Optional.of(new LiveCredentials(
                CredentialFile.open(folder().credentials(), key, surroundings.random()), _ -> null));
    }

    /// This machine's; empty where there are none, and for a stack, whose secrets nobody reads back.
    Optional<LiveCredentials> secrets() {
        return secrets.get();
    }

    /// As a serving process on this machine would find them.
    Credentials forCalls() {
        return ref -> {
            Optional<String> found = switch (ref) {
                case CredentialRef.Environment(String name) -> surroundings.variable(name);
                case CredentialRef.Stored _ -> secrets().flatMap(live -> live.secret(ref));
            };
            found.ifPresent(shade::hide);
            return found;
        };
    }

    /// What an area may not wait for is left open: the process ends soon.
    @Override
    public void close() {
        if (holdings.isFound() && turn.tryLock()) {
            try {
                holdings.get().ifPresent(Holdings::close);
            } finally {
                turn.unlock();
            }
        }
    }
}
