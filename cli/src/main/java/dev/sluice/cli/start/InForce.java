package dev.sluice.cli.start;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.config.PublishingVersions;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.LimitReading;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.secret.LiveCredentials;
import dev.sluice.cli.store.Stores;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigReading.ConfigError;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.metering.CallKeeper;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.core.resilience.StoreBreaker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What this process goes by: the configuration and the secrets in memory, which change together with what is kept.
final class InForce implements Holdings, RecentRegistry.Listener {
    private final LiveCredentials credentials;
    private final Consumer<String> notes;
    private final RecentRegistry registry;
    private final PublishingVersions versions;
    private final Keys keys;
    private final LimitReading limits;
    private volatile Optional<InFlight> inFlight = Optional.empty();
    private final CallKeeper.Books books;
    private volatile Supplier<Optional<Long>> missingCalls = Optional::empty;
    private volatile Optional<String> url = Optional.empty();
    private volatile List<String> missing = List.of();
    private volatile boolean announced;

    private InForce(Stores stores, LiveCredentials credentials, Means means) {
        this.credentials = credentials;
        this.notes = means.notes();
        this.limits = stores.limits()::read;
        this.keys = means.keys();
        this.books = stores.books();
        this.registry =
                new RecentRegistry(stores.registry(), means.own(), means.breaker(), means.time(), stores.fresh(), this);
        this.versions = new PublishingVersions(stores.versions(), _ -> takeUp());
    }

    /// What the process brings.
    ///
    /// @param own callers that the store does not know, by the hash of their key
    /// @param breaker of the store
    record Means(RecentRegistry.Own own, Keys keys, StoreBreaker breaker, Time time, Consumer<String> notes) {}

    /// What the process knows callers by.
    record Keys(KeyBook book, KeyHash hashes, WorkerKeys masters) {}

    /// Takes up the stored head. What is missing is not told before [#announce].
    ///
    /// @param replaced whether a file is about to take its place: then it does not matter that it cannot be read
    static InForce of(Stores stores, LiveCredentials credentials, boolean replaced, Means means) {
        InForce inForce = new InForce(stores, credentials, means);
        Optional<Version> head = stores.versions().head();
        List<ConfigError> errors = head.map(InForce::errors).orElse(List.of());
        if (errors.isEmpty()) {
            inForce.takeUp();
        } else if (!replaced) {
            throw CommandFailure.failed("version " + head.orElseThrow().number() + " of the configuration was written"
                    + " by another sluice and is not accepted by this one; apply a good file with sluice config"
                    + " apply, or roll back:" + System.lineSeparator() + ConfigErrors.text(errors));
        }
        return inForce;
    }

    private static List<ConfigError> errors(Version head) {
        byte[] document = head.document().getBytes(StandardCharsets.UTF_8);
        return ConfigReader.read(document, head.number()) instanceof ConfigReading.Refused(var errors)
                ? errors
                : List.of();
    }

    /// Requests would do the same; but what is missing is to be told now.
    private void takeUp() {
        registry.expire();
        registry.look(Set.of());
    }

    @Override
    public void taken(ConfigSnapshot snapshot) {
        missing = credentials.follow(snapshot);
        if (announced) {
            missing.forEach(notes);
        }
    }

    @Override
    public void note(String sentence) {
        notes.accept(sentence);
    }

    /// Tells which secrets the configuration in force lacks, now and at each change from here on.
    void announce() {
        announced = true;
        missing.forEach(notes);
    }

    /// Requests are answered there from now on.
    void servedAt(String where) {
        url = Optional.of(where);
    }

    /// Requests are answered by this process, which tells there what it does.
    void serves(InFlight here) {
        inFlight = Optional.of(here);
    }

    /// Calls are written down by this process, which counts those that it cannot.
    void counts(LongSupplier missing) {
        missingCalls = () -> Optional.of(missing.getAsLong());
    }

    RecentRegistry registry() {
        return registry;
    }

    LiveCredentials secrets() {
        return credentials;
    }

    @Override
    public ConfigVersions versions() {
        return versions;
    }

    @Override
    public CredentialStore credentials() {
        return credentials;
    }

    @Override
    public KeyBook keys() {
        return keys.book();
    }

    @Override
    public KeyHash hashes() {
        return keys.hashes();
    }

    @Override
    public WorkerKeys workerKeys() {
        return keys.masters();
    }

    @Override
    public LimitReading limits() {
        return limits;
    }

    @Override
    public Optional<List<InFlight.Seen>> inFlight() {
        return inFlight.map(InFlight::seen);
    }

    @Override
    public CallBook calls() {
        return books.calls();
    }

    @Override
    public Optional<Long> missingCalls() {
        return missingCalls.get();
    }

    @Override
    public UsageBook usage() {
        return books.usage();
    }

    @Override
    public Optional<String> url() {
        return url;
    }

    @Override
    public List<String> missing() {
        return Holdings.snapshot(versions).map(credentials::missing).orElse(List.of());
    }

    @Override
    public void close() {
        // the store is closed by who opened it
    }
}
