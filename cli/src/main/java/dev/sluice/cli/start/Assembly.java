package dev.sluice.cli.start;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.front.RequestHandler;
import dev.sluice.cli.preview.GatewayPreview;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.secret.CredentialFile;
import dev.sluice.cli.secret.LiveCredentials;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.Stores;
import dev.sluice.core.access.Access;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyLabels;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.limits.SharedLedger;
import dev.sluice.core.metering.CallKeeper;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.protocol.seal.Seal;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The parts of a gateway on this machine over what is kept: for `start`, and for a preview while none runs.
final class Assembly {
    private final DataDirectory directory;
    private final Stores stores;
    private final SharedLedger ledger;
    private final SecretKey secret;
    private final Surroundings surroundings;
    private final Consumer<String> notes;
    private final KeyHash hashes;
    private final StoreBreaker breaker = new StoreBreaker(); // one for all that ask the same store
    private final List<CallKeeper> keepers = new CopyOnWriteArrayList<>();
    private final String ownKey;

    Assembly(DataDirectory directory, Stores stores, SecretKey secret, Surroundings surroundings) {
        this.directory = directory;
        this.stores = stores;
        this.ledger = new SharedLedger(stores.limits(), breaker, surroundings.time(), surroundings.random());
        this.secret = secret;
        this.surroundings = surroundings;
        this.notes = text -> surroundings.err().println("sluice: " + text);
        this.hashes = new KeyHash(secret.bytes());
        byte[] bits = new byte[32];
        surroundings.random().nextBytes(bits);
        this.ownKey = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /// @param masters known here without the store
    /// @param replaced whether a file is about to take the place of the stored configuration
    InForce takeUp(Masters masters, boolean replaced) {
        CredentialFile kept = CredentialFile.open(directory.credentials(), secret, surroundings.random());
        LiveCredentials credentials =
                new LiveCredentials(kept, variable -> surroundings.environment().get(variable));
        for (String name : credentials.unreadable()) {
            notes.accept("the credential " + name + " was encrypted with another secret.key: set it anew");
        }
        InForce.Keys keys = new InForce.Keys(stores.keys(), hashes, masters.keys());
        return InForce.of(
                stores,
                credentials,
                replaced,
                new InForce.Means(own(masters.opens()), keys, breaker, surroundings.time(), notes));
    }

    private RecentRegistry.Own own(Optional<Predicate<String>> masters) {
        String control = hashes.of(ownKey);
        return hash -> {
            if (hash.equals(control)) {
                return Optional.of(owner(hash, "control"));
            }
            return masters.filter(opens -> opens.test(hash)).map(_ -> owner(hash, "master"));
        };
    }

    private static Caller owner(String hash, String name) {
        return new Caller(hash, name, Caller.Kind.MASTER, Set.of());
    }

    /// @param open whether anyone may call without a key
    /// @param inFlight where the gateway tells what it is doing
    Wiring.Parts parts(InForce inForce, boolean open, CallLog calls, InFlight inFlight) {
        return new Wiring.Parts(
                inForce.registry(),
                inForce.secrets(),
                open ? Access.open() : new Access(hashes),
                ledger,
                new Seal(secret.derive(KeyLabels.REASONING_SEAL, 32)),
                surroundings.time(),
                surroundings.random(),
                calls,
                stores.responses(),
                inFlight);
    }

    /// Tells that log of every call, and writes it into the books.
    CallLog kept(CallLog log) {
        // the books of this machine say by themselves what is in their way
        Consumer<String> silence = stores.fresh().isZero() ? _ -> {} : notes;
        CallKeeper keeper =
                new CallKeeper(stores.books(), log, CallKeeper.Waiting.NOT, breaker, surroundings.time(), silence);
        keepers.add(keeper);
        return keeper;
    }

    /// How many could not be written down so far.
    long missingCalls() {
        return keepers.stream().mapToLong(CallKeeper::missing).sum();
    }

    /// Nothing is served any more: the store hears what it has not heard yet.
    void finish() {
        keepers.forEach(CallKeeper::close);
        if (missingCalls() > 0) {
            notes.accept("not written down, of this run: " + missingCalls()
                    + " calls or what they used; sluice logs and the sums lack them");
        }
        ledger.flush();
        if (ledger.forgotten() > 0) {
            notes.accept(
                    "the store was silent for too long: " + ledger.forgotten() + " uses of limits were not counted");
        }
    }

    /// The plans of that gateway, for whoever may use the control channel: with a key that never leaves this process.
    Preview preview(RequestHandler gateway) {
        return new GatewayPreview(gateway, ownKey);
    }
}
