package dev.sluice.core.stored;

import java.time.Instant;

/// An answer that was kept under its id.
///
/// @param id as the client got it
/// @param owner the hash of the key that asked for it: to every other key it does not exist
/// @param target `provider/model` that gave it, the only one to go on with it
/// @param document the conversation so far and the answer, as JSON; empty when the provider itself keeps it
public record StoredResponse(String id, String owner, String target, Instant expires, String document) {
    public boolean isKeptByProvider() {
        return document.isEmpty();
    }
}
