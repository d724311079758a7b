package dev.sluice.cli.start;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.store.DataDirectory;

/// The plan that a `start` of that folder would make, while none runs.
public final class OwnPreview {
    private OwnPreview() {}

    public static Preview.Told ask(
            Preview.Question question, DataDirectory directory, Surroundings surroundings, Wiring.Gateways gateways) {
        throw CommandFailure.failed("todo " + question + directory + surroundings + gateways);
    }
}
