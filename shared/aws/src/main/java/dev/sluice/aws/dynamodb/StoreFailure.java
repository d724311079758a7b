package dev.sluice.aws.dynamodb;

import dev.sluice.core.ports.PortFailure;

/// The table did not do what its owner asked for; the message says why and can be shown as it is.
///
/// Thrown by what only the owner does (versions, keys, the table itself): their ports have no value for it. Nothing on
/// the path of a request throws it.
public final class StoreFailure extends PortFailure {
    private static final long serialVersionUID = 1;

    StoreFailure(String message) {
        super(message);
    }
}
