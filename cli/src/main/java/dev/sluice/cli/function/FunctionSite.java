package dev.sluice.cli.function;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.start.Scene;
import dev.sluice.cli.start.Server;
import dev.sluice.cli.start.Site;
import dev.sluice.cli.start.StartOptions;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.cli.store.Stores;
import dev.sluice.core.access.KeyHash;
import java.util.function.Consumer;

/// Requests are answered by the packaged function in the local Lambda engine; its state is in DynamoDB.
public final class FunctionSite implements Site {
    private final PackagedFunction function;

    public FunctionSite(PackagedFunction function) {
        this.function = function;
    }

    /// Of the function that was built beside this program.
    public static FunctionSite of(Surroundings surroundings) {
        return new FunctionSite(PackagedFunction.of(surroundings));
    }

    @Override
    public Place open(
            StartOptions options,
            Surroundings surroundings,
            EmbeddedStore local,
            SecretKey secret,
            Consumer<String> notes) {
        FunctionTable table = FunctionTable.open(options.directory(), secret, surroundings, notes);
        try {
            Stores stores = Stores.open(options.store(), local, table.lead(surroundings), notes);
            return new FunctionPlace(options, surroundings, secret, table, stores);
        } catch (RuntimeException failed) {
            table.close();
            throw failed;
        }
    }

    /// A table, open, and what the function needs beside it.
    private final class FunctionPlace implements Place {
        private final StartOptions options;
        private final Surroundings surroundings;
        private final SecretKey secret;
        private final FunctionTable table;
        private final Stores stores;

        FunctionPlace(
                StartOptions options, Surroundings surroundings, SecretKey secret, FunctionTable table, Stores stores) {
            this.options = options;
            this.surroundings = surroundings;
            this.secret = secret;
            this.table = table;
            this.stores = stores;
        }

        @Override
        public Stores stores() {
            return stores;
        }

        @Override
        public Server serve(Scene scene) {
            KeyHash hashes = new KeyHash(secret.bytes());
            OwnKey own = OwnKey.open(
                    options.directory().functionKey(),
                    hashes,
                    stores.keys(),
                    surroundings.time(),
                    surroundings.random());
            String name = options.store() instanceof StoreChoice.DynamoDb choice ? choice.table() : "sluice";
            return FunctionServer.open(
                    new FunctionServer.Setting(function, name, table.variables(), secret, own, options.json()),
                    new KeyExchange(own, scene.masters(), hashes),
                    scene,
                    surroundings);
        }

        @Override
        public void close() {
            stores.close();
            table.close();
        }
    }
}
