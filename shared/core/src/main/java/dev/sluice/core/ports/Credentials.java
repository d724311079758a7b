package dev.sluice.core.ports;

import dev.sluice.core.config.CredentialRef;
import java.util.Optional;

/// Providers' secrets. Answers from memory: the hot path never waits for a store here.
public interface Credentials {
    /// The secret; empty when it is not set. Never logged, never part of a message.
    Optional<String> secret(CredentialRef ref);
}
