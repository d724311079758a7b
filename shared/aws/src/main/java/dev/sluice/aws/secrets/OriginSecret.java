package dev.sluice.aws.secrets;

import dev.sluice.core.access.Edge;
import dev.sluice.core.ports.Time;

/// The value of the header that CloudFront sends to its origin, and nobody else knows.
///
/// Read once, when an environment starts: after a change the function needs a new version, as after any of its variables.
public final class OriginSecret {
    private static final int SHORTEST = 24;

    private OriginSecret() {}

    /// Reads it, up to three times where Secrets Manager does not answer.
    ///
    /// Throws [SecretFailure] when it does not come or is no value for that header.
    ///
    /// @param id its name or ARN
    /// @param variable by which the owner has named it
    public static Edge read(SecretStore store, String id, String variable, Time time) {
        String which = "the secret of CloudFront's origin header " + id + " (" + variable + ")";
        String value = NeededSecret.read(store, id, which, time);
        if (value.length() < SHORTEST || !value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',')) {
            throw new SecretFailure(which + " is not at least " + SHORTEST + " visible characters without a comma");
        }
        return Edge.provedBy(value);
    }
}
