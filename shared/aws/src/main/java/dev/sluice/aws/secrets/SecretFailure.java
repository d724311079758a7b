package dev.sluice.aws.secrets;

import dev.sluice.core.ports.PortFailure;

/// A secret is not there or not whole, or Secrets Manager did not do what its owner asked for; the message says which and
/// why, and holds none of it.
///
/// Thrown while an entry point starts, and by what only the owner and the rotation do. Nothing on the path of a request
/// throws it.
public final class SecretFailure extends PortFailure {
    private static final long serialVersionUID = 1;

    SecretFailure(String message) {
        super(message);
    }
}
