package dev.sluice.cli.start;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.cli.store.Stores;
import java.util.function.Consumer;

/// Where `start` has requests answered: in this process, or by the function in the local Lambda engine.
public interface Site {
    /// Opens what processes may share, and whatever that needs; or ends the command with what to do.
    ///
    /// @param local stays its opener's
    Place open(
            StartOptions options,
            Surroundings surroundings,
            EmbeddedStore local,
            SecretKey secret,
            Consumer<String> notes);

    /// An open site, which serves once.
    interface Place extends AutoCloseable {
        Stores stores();

        /// Listens, and answers from then on.
        Server serve(Scene scene);

        @Override
        void close();
    }
}
