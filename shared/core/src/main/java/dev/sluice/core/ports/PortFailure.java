package dev.sluice.core.ports;

/// A store or a service did not do what its owner asked for; the message says why, in words that can be shown and hold
/// no secret.
///
/// Thrown by what only the owner and the rotation do: their ports have no value for it. Nothing on the path of a request
/// throws it.
public class PortFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PortFailure(String message) {
        super(message);
    }
}
