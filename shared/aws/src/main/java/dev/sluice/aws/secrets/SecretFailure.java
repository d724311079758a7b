package dev.sluice.aws.secrets;

/// A secret without which nothing can begin is not there or not whole; the message says which and why, and holds none of
/// it.
///
/// Thrown while an entry point starts. Nothing on the path of a request throws it.
public final class SecretFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    SecretFailure(String message) {
        super(message);
    }
}
