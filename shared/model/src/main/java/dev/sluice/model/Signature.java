package dev.sluice.model;

/// A provider's proof over its own reasoning: opaque, returned unchanged to the one who minted it, to nobody else.
public record Signature(Dialect issuer, String value) {}
