package dev.sluice.cli.workerkey;

import dev.sluice.aws.http.GatewayProbe;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Holdings;
import dev.sluice.core.access.FreshKey;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyRules;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.KeyProbe.Verdict;
import dev.sluice.core.ports.WorkerKeys;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The master key of this machine: kept by the running `start`, or by nobody but the file.
///
/// The new key is let in, proven against the running `start`, and made the one that holds, in this order: at no moment
/// is there none, and one that does not work never holds.
public final class LocalWorkerKey implements WorkerKey {
    private static final Duration PENDING_LIFE = Duration.ofMinutes(15);
    private static final List<String> KEY_VARIABLES = List.of("SLUICE_MASTER_KEY", "SLUICE_KEY");

    private final Holdings holdings;
    private final Surroundings surroundings;
    private final WorkerKeys keys;
    private final KeyHash hashes;

    public LocalWorkerKey(Holdings holdings, Surroundings surroundings) {
        this.holdings = holdings;
        this.surroundings = surroundings;
        this.keys = holdings.workerKeys();
        this.hashes = holdings.hashes();
    }

    @Override
    public Standing standing() {
        return new Standing(keys.state(), Optional.empty(), List.of());
    }

    @Override
    public void check(Wish wish) {
        WorkerKeyState state = keys.state();
        wish.own().map(hashes::of).filter(state::isUsed).ifPresent(_ -> {
            throw inUse();
        });
    }

    private static CommandFailure inUse() {
        return CommandFailure.usage("this key is in use already: it is the one that holds, one that held before, or a"
                + " client's; nothing was changed");
    }

    @Override
    public Rotated rotate(Wish wish) {
        check(wish);
        WorkerKeyState before = keys.state();
        Optional<Proofs> proofs = proofs();
        String key = wish.own().orElseGet(() -> FreshKey.of(surroundings.random()));
        String version = UUID.randomUUID().toString();
        pend(version, key);
        if (proofs.isPresent() && !proofs.get().accepted("the new key", key)) {
            keys.abandon(version);
            throw CommandFailure.failed("the running start does not take the new key: "
                    + String.join("; ", proofs.get().doubts()) + ". The old key holds as before");
        }
        promote(version, wish.grace());
        proofs.ifPresent(calls -> ofOld(calls, before, wish.grace()));
        return new Rotated(
                key,
                version,
                keys.state().previous().filter(old -> old.lives(now())).map(old -> until(old)),
                proofs.map(Proofs::proofs).orElse(List.of("no start runs that asks for a key: nothing was called")),
                proofs.map(Proofs::doubts).orElse(List.of()));
    }

    private static Instant until(WorkerKeyState.Key key) {
        return Optional.ofNullable(key.until()).orElse(Instant.MAX);
    }

    /// Of the running `start`; empty when none runs, or it asks nobody for a key.
    private Optional<Proofs> proofs() {
        Optional<String> url = holdings.url();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        Proofs calls = new Proofs(GatewayProbe.unconnected(URI.create(url.get())), surroundings.time());
        return switch (calls.ofStranger(surroundings.random())) {
            case Verdict.Refused _ -> Optional.of(calls);
            case Verdict.Accepted _ -> Optional.empty(); // --no-auth
            case Verdict.Outside _ ->
                throw CommandFailure.failed(
                        "the running start answers nobody at this address: add it to access.allowedIps; nothing was changed");
            case Verdict.Unclear(String why) ->
                throw CommandFailure.failed("the running start cannot be called: " + why + "; nothing was changed");
        };
    }

    private void pend(String version, String key) {
        WorkerKeyChange change = keys.pend(version, hashes.of(key), now(), now().plus(PENDING_LIFE));
        if (change instanceof WorkerKeyChange.Refused(WorkerKeyChange.Why why)) {
            throw why == WorkerKeyChange.Why.KEY_IN_USE
                    ? inUse()
                    : CommandFailure.failed("another rotation is at work; nothing was changed: try again");
        }
    }

    /// The grace and the promotion in one step, so that a grace is never left for a rotation that did not wish it.
    private void promote(String version, Duration grace) {
        Instant now = now();
        WorkerKeyChange change = keys.change(state -> WorkerKeyRules.promote(
                WorkerKeyRules.wish(state, grace) instanceof WorkerKeyChange.Changed(WorkerKeyState wished, var _)
                        ? wished
                        : state,
                version,
                now));
        if (change.isRefused()) {
            throw CommandFailure.failed("another rotation has taken the place of this one: try again");
        }
    }

    /// Only its hash is kept: it can be tried where the caller has it.
    private void ofOld(Proofs calls, WorkerKeyState before, Duration grace) {
        Optional<String> old = known(before.current());
        if (old.isPresent()) {
            boolean _ =
                    grace.isZero() ? calls.refused("the old key", old.get()) : calls.accepted("the old key", old.get());
        }
    }

    @Override
    public Optional<Proofs> revokePrevious() {
        WorkerKeyState before = keys.state();
        if (!keys.revokePrevious(now())) {
            return Optional.empty();
        }
        Optional<Proofs> calls = proofs();
        Optional<String> old = known(before.previous());
        if (calls.isPresent() && old.isPresent()) {
            calls.get().refused("the old key", old.get());
        }
        return Optional.of(
                calls.orElseGet(() -> new Proofs(_ -> new Verdict.Unclear("no start runs"), surroundings.time())));
    }

    /// The key itself, if the caller has it in a variable.
    private Optional<String> known(Optional<WorkerKeyState.Key> held) {
        return KEY_VARIABLES.stream()
                .flatMap(variable -> surroundings.variable(variable).stream())
                .map(String::strip)
                .filter(key ->
                        held.filter(one -> one.hash().equals(hashes.of(key))).isPresent())
                .findFirst();
    }

    private Instant now() {
        return surroundings.time().now();
    }
}
