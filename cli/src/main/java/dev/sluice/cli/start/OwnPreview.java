package dev.sluice.cli.start;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.cli.store.Stores;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.ports.CallLog;
import java.util.Optional;

/// The plan that a `start` of a folder would make, while none runs: by the same gateway, over what is kept there.
public final class OwnPreview {
    private OwnPreview() {}

    public static Preview.Told ask(
            Preview.Question question, DataDirectory directory, Surroundings surroundings, Wiring.Gateways gateways) {
        try (EmbeddedStore local =
                EmbeddedStore.open(directory, text -> surroundings.err().println("sluice: " + text))) {
            SecretKey secret = SecretKey.open(directory.secretKey(), surroundings.random());
            Assembly assembly = new Assembly(directory, Stores.embedded(local), secret, surroundings);
            InForce inForce = assembly.takeUp(Masters.of(local, secret, Optional.empty(), surroundings.time()), false);
            return assembly.preview(gateways.of(assembly.parts(inForce, false, CallLog.NONE, new InFlight())))
                    .of(question);
        }
    }
}
