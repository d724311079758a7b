package dev.sluice.core.access;

/// What each key derived from the gateway's secret is for. Never change one: stored hashes and seals depend on it.
public final class KeyLabels {
    /// Hashes of callers' keys.
    public static final String KEY_HASH = "sluice key hash v1";

    /// The seal on reasoning that travels through another dialect.
    public static final String REASONING_SEAL = "sluice reasoning seal v1";

    private KeyLabels() {}
}
