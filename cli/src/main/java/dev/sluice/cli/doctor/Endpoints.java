package dev.sluice.cli.doctor;

import dev.sluice.cli.provider.Reach;
import dev.sluice.cli.provider.Trial;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.ports.Credentials;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Every endpoint of every enabled provider, asked once and all at a time.
final class Endpoints {
    private final Premises premises;
    private final Function<Credentials, Trial.World> network;
    private final Duration patience;
    private final Once<List<Reach.Seen>> seen = new Once<>(this::ask);

    Endpoints(Premises premises, Function<Credentials, Trial.World> network, Duration patience) {
        this.premises = premises;
        this.network = network;
        this.patience = patience;
    }

    List<Reach.Seen> seen() {
        return seen.get();
    }

    /// The world that trials of these providers are made with.
    Trial.World world() {
        return network.apply(premises.forCalls());
    }

    private List<Reach.Seen> ask() {
        List<CompletableFuture<Reach.Seen>> asked = new ArrayList<>();
        List<ProviderConfig> enabled = premises.snapshot().providers().stream()
                .filter(ProviderConfig::enabled)
                .toList();
        if (enabled.isEmpty()) {
            return List.of();
        }
        Reach reach = new Reach(world(), patience);
        Executor threads = task -> Thread.ofVirtual().start(task);
        for (ProviderConfig provider : enabled) {
            Json.Obj written = premises.written(provider.id()).orElse(Json.Obj.EMPTY);
            boolean withSecret = hasSecret(provider);
            for (Dialect dialect : provider.endpoints().keySet()) {
                asked.add(CompletableFuture.supplyAsync(() -> reach.of(written, dialect, withSecret), threads));
            }
        }
        return asked.stream().map(CompletableFuture::join).toList();
    }

    /// Whether a call from here can be made as the gateway makes it. What a stack keeps is not read back.
    boolean hasSecret(ProviderConfig provider) {
        CredentialRef ref = provider.credential();
        return ref == null || premises.stack().isEmpty() && secret(ref).isPresent();
    }

    private Optional<String> secret(CredentialRef ref) {
        return premises.forCalls().secret(ref);
    }
}
